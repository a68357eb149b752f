package io.phaseledger.gate;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever waits is answered when there is something to say, by whatever it comes about. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class WaitTest {

    /** Longer than anybody waits here. */
    private static final Duration BOUND = Duration.ofSeconds(60);

    private static String body(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        return answer.get(BOUND.toSeconds(), TimeUnit.SECONDS).body();
    }

    private static void awaitWaiting(Asking asking, int waiters) {
        await().atMost(BOUND).until(() -> asking.waiting() == waiters);
    }

    @Test
    void a_verdict_that_is_ready_is_answered_at_once() throws Exception {
        Asking asking = Asking.of("");
        asking.complete("");
        assertTrue(body(asking.ask("?wait=300s")).contains("\"state\":\"ready\""));
    }

    @Test
    void a_completion_wakes_all_who_wait_for_it_and_nobody_else() throws Exception {
        Asking asking = Asking.of("");
        Asking other = Asking.of("");
        var one = asking.ask("?wait=300s");
        var two = asking.ask("", "Prefer", "respond-async, wait=200");
        var today = other.ask("?wait=300s");
        awaitWaiting(asking, 2);
        awaitWaiting(other, 1);
        long position = asking.complete("");
        assertTrue(body(one).contains("\"state\":\"ready\""));
        assertTrue(body(two).contains("\"state\":\"ready\""));
        assertTrue(
                Long.parseLong(one.get().headers().firstValue("Ledger-Position").orElseThrow()) >= position);
        assertEquals(
                "wait=200", two.get().headers().firstValue("Preference-Applied").orElseThrow());
        assertFalse(one.get().headers().firstValue("Preference-Applied").isPresent());
        assertEquals(1, other.waiting());
        other.complete("");
        assertTrue(body(today).contains("\"state\":\"ready\""));
    }

    @Test
    void the_end_of_patience_is_answered_with_the_verdict_as_it_stands() throws Exception {
        Asking asking = Asking.of("");
        HttpResponse<String> verdict =
                asking.ask("?wait=50ms".replace("50ms", "0.05s")).get();
        assertEquals(200, verdict.statusCode());
        assertTrue(verdict.body().contains("\"state\":\"not_ready\""));
        HttpResponse<String> refused = asking.ask("?wait=0.05s&expect=ready").get();
        assertEquals(412, refused.statusCode());
        assertTrue(refused.body().contains("\"missing\""));
        String tag = verdict.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> unchanged =
                asking.ask("?wait=0.05s", "If-None-Match", tag).get();
        assertEquals(304, unchanged.statusCode());
        assertEquals("", unchanged.body());
    }

    @Test
    void another_answer_than_the_known_one_ends_the_wait_though_it_is_not_ready() throws Exception {
        Asking asking = Asking.of("");
        String tag = asking.ask("").get().headers().firstValue("ETag").orElseThrow();
        var waiting = asking.ask("?wait=300s", "If-None-Match", tag);
        awaitWaiting(asking, 1);
        given().contentType("application/json")
                .body("""
                        {"phase": "phase4", "game_date": "%s", "processor_name": "%s", "status": "failed"}""".formatted(Asking.DATE, asking.processor()))
                .post("/v1/completions");
        assertTrue(body(waiting).contains("\"code\":\"failed\""));
    }

    @Test
    void a_ready_verdict_that_is_known_is_waited_on_until_the_clock_makes_it_another() throws Exception {
        Asking asking = Asking.of(", \"freshness\": {\"max_age\": \"PT1S\", \"applies\": \"always\"}");
        asking.complete("");
        HttpResponse<String> ready = asking.ask("").get();
        String tag = ready.headers().firstValue("ETag").orElseThrow();
        assertTrue(ready.body().contains("\"state\":\"ready\""), ready::body);
        var waiting = asking.ask("?wait=300s", "If-None-Match", tag);
        assertTrue(body(waiting).contains("\"code\":\"stale\""));
    }

    @Test
    void a_policy_that_asks_less_and_a_slate_without_work_wake_too() throws Exception {
        Asking asking = Asking.of(", \"description\": \"asks\"");
        var waiting = asking.ask("?wait=300s");
        awaitWaiting(asking, 1);
        given().contentType("application/json")
                .body("{\"time_zone\": \"UTC\", \"requirements\": []}")
                .put("/v1/policies/" + asking.policy());
        assertTrue(body(waiting).contains("\"state\":\"ready\""));

        Asking idle = Asking.of("");
        var resting = CompletableFuture.supplyAsync(
                () -> given().get("/v1/readiness/" + idle.policy() + "/2031-06-01?wait=300s")
                        .jsonPath()
                        .getString("state"));
        awaitWaiting(idle, 1);
        given().contentType("application/json")
                .body("{\"units\": 0, \"note\": \"" + idle.policy() + "\"}")
                .put("/v1/slates/2031-06-01");
        assertEquals("not_applicable", resting.get(BOUND.toSeconds(), TimeUnit.SECONDS));
    }

    /** Its future version takes over by the clock alone. */
    @Test
    void a_version_that_comes_into_force_wakes() throws Exception {
        Asking asking = Asking.of("");
        String soon = java.time.Instant.now().plusSeconds(2).toString();
        var waiting = asking.ask("?wait=300s");
        awaitWaiting(asking, 1);
        given().contentType("application/json")
                .body("{\"time_zone\": \"UTC\", \"requirements\": [], \"effective_from\": \"" + soon + "\"}")
                .put("/v1/policies/" + asking.policy())
                .then()
                .statusCode(201);
        assertTrue(body(waiting).contains("\"state\":\"ready\""));
    }

    @Test
    void who_waits_is_shown_and_gone_when_it_hangs_up() {
        Asking asking = Asking.of("");
        var waiting = asking.ask("?wait=300s&consumer=ml_feature_store");
        awaitWaiting(asking, 1);
        given().get("/v1/waiters")
                .then()
                .statusCode(200)
                .body("items.find { it.policy == '" + asking.policy() + "' }.consumer", equalTo("ml_feature_store"))
                .body("items.find { it.policy == '" + asking.policy() + "' }.state", equalTo("not_ready"))
                .body("items.find { it.policy == '" + asking.policy() + "' }.reasons[0]", equalTo("missing"));
        waiting.cancel(true);
        awaitWaiting(asking, 0);
    }

    @Test
    void a_row_that_was_seen_elsewhere_is_waited_for_by_its_position_only_if_it_is_known() throws Exception {
        Asking asking = Asking.of("");
        HttpResponse<String> beyond =
                asking.ask("?wait=300s&at_least=999999999999").get();
        assertEquals(409, beyond.statusCode());
        assertEquals(
                404, given().get("/v1/readiness/nobody/2031-05-04?wait=300s").statusCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wait=301s                              | 422 | out_of_range
            wait=-1s                               | 422 | out_of_range
            wait=soon                              | 400 | invalid_duration
            wait=1s&as_of=2026-02-02T11:00:00Z     | 422 | contradiction
            wait=1s&position=1                     | 422 | contradiction
            """)
    void what_cannot_be_waited_for_is_refused(String query, int status, String code) {
        given().get("/v1/readiness/phase4/2026-02-02?" + query)
                .then()
                .statusCode(status)
                .body("code", equalTo(code))
                .body("errors[0].parameter", equalTo("wait"));
    }
}
