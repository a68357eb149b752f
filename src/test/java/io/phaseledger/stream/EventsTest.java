package io.phaseledger.stream;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is added to the ledger is told to whoever listens, once each and in order. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class EventsTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private static String url(String query) {
        return RestAssured.baseURI + ":" + RestAssured.port + "/v1/events" + query;
    }

    private static String name() {
        return "e" + UUID.randomUUID().toString().replace("-", "");
    }

    private static JsonPath complete(String phase, String date) {
        return given().contentType("application/json")
                .body("""
                        {"phase": "%s", "game_date": "%s", "processor_name": "told", "status": "failed",
                         "execution_id": "%s", "metadata": {"line": "a\\nb"}}""".formatted(phase, date, UUID.randomUUID()))
                .post("/v1/completions")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private static List<String> ids(Listener listener) {
        return listener.events().stream().map(Listener.Event::id).toList();
    }

    @Test
    void what_comes_is_told_as_it_is_shown_elsewhere() throws Exception {
        String phase = name();
        try (Listener listener = Listener.to(url("?phase=" + phase), "")) {
            JsonPath row = complete(phase, "2031-07-01");
            await().atMost(BOUND).until(() -> listener.events().size() == 1);
            Listener.Event told = listener.events().get(0);
            assertEquals(row.getString("position"), told.id());
            assertEquals("completion", told.type());
            assertEquals(
                    get("/v1/completions/" + row.getString("id")).jsonPath().getMap(""),
                    new JsonPath(told.data()).getMap(""));
            given().contentType("application/json")
                    .body("{\"reason\": \"r\"}")
                    .post("/v1/completions/" + row.getString("id") + "/retraction")
                    .then()
                    .statusCode(201);
            await().atMost(BOUND).until(() -> listener.events().size() == 2);
            assertEquals("retraction", listener.events().get(1).type());
            assertEquals(
                    row.getString("id"), new JsonPath(listener.events().get(1).data()).getString("retracts"));
        }
    }

    @Test
    void an_alias_of_a_phase_lets_through_what_it_stands_for() throws Exception {
        String phase = name();
        String alias = name();
        given().contentType("application/json")
                .body("{\"target\": \"" + phase + "\"}")
                .put("/v1/aliases/phases/" + alias)
                .then()
                .statusCode(201);
        try (Listener listener = Listener.to(url("?phase=" + alias), "")) {
            complete(alias, "2031-07-01");
            complete(phase, "2031-07-01");
            await().atMost(BOUND).until(() -> listener.events().size() == 2);
        }
    }

    /** Given in one value, in two, and in one that is only a name because it has the comma. */
    @Test
    void the_name_of_a_phase_may_have_a_comma() throws Exception {
        String phase = name();
        String two = name() + ", " + phase;
        try (Listener both = Listener.to(url("?phase=" + URLEncoder.encode(two, StandardCharsets.UTF_8)), "");
                Listener one = Listener.to(url("?phase=none&phase=" + phase), "")) {
            complete(two, "2031-07-01");
            complete(phase, "2031-07-01");
            await().atMost(BOUND)
                    .until(() -> both.events().size() == 2 && one.events().size() == 1);
        }
    }

    @Test
    void a_policy_and_a_slate_are_told() throws Exception {
        String policy = name();
        try (Listener policies = Listener.to(url("?policy=" + policy), "");
                Listener slates = Listener.to(url("?type=slate&game_date=2031-07-02"), "")) {
            given().contentType("application/json")
                    .body("{\"time_zone\": \"UTC\", \"requirements\": []}")
                    .put("/v1/policies/" + policy)
                    .then()
                    .statusCode(201);
            given().contentType("application/json")
                    .body("{\"units\": 3, \"note\": \"" + policy + "\"}")
                    .put("/v1/slates/2031-07-02")
                    .then()
                    .statusCode(201);
            await().atMost(BOUND)
                    .until(() ->
                            policies.events().size() == 1 && slates.events().size() == 1);
            assertEquals("policy", policies.events().get(0).type());
            assertEquals(
                    get("/v1/policies/" + policy).jsonPath().getMap(""),
                    new JsonPath(policies.events().get(0).data()).getMap(""));
            assertEquals("slate", slates.events().get(0).type());
            assertEquals(3, new JsonPath(slates.events().get(0).data()).getInt("units"));
        }
    }

    @Test
    void who_comes_again_goes_on_where_it_was() throws Exception {
        String phase = name();
        List<String> positions;
        String last;
        try (Listener listener = Listener.to(url("?phase=" + phase), "")) {
            positions = new java.util.ArrayList<>(
                    List.of(complete(phase, "2031-07-03").getString("position")));
            await().atMost(BOUND).until(() -> ids(listener).equals(positions));
            last = listener.lastId();
        }
        for (int i = 0; i < 5; i++) {
            positions.add(complete(phase, "2031-07-0" + (4 + i)).getString("position"));
        }
        try (Listener again = Listener.to(url("?phase=" + phase), last)) {
            await().atMost(BOUND).until(() -> ids(again).equals(positions.subList(1, positions.size())));
        }
        try (Listener all = Listener.to(url("?phase=" + phase + "&after=0"), "")) {
            await().atMost(BOUND).until(() -> ids(all).equals(positions));
        }
        try (Listener some = Listener.to(
                url("?after=0&type=completion,slate&phase=" + phase
                        + "&game_date=2031-07-04,2031-07-05&game_date=2031-07-06"),
                "")) {
            await().atMost(BOUND).until(() -> ids(some).equals(positions.subList(1, 4)));
        }
    }

    @Test
    void the_answer_says_where_it_begins_and_that_nobody_is_to_keep_it() throws Exception {
        try (Listener listener = Listener.to(url(""), "")) {
            var headers = listener.response().headers();
            assertEquals(
                    "text/event-stream",
                    headers.firstValue("Content-Type").orElseThrow().replaceAll(";.*", ""));
            assertEquals("no-store", headers.firstValue("Cache-Control").orElseThrow());
            await().atMost(BOUND).until(() -> listener.signs() == 1);
            assertEquals(headers.firstValue("Ledger-Position").orElseThrow(), listener.lastId());
            assertFalse(listener.isEnded());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            type=completed            | 422 | unknown_value
            phase=%204                | 422 | invalid_name
            policy=a,                 | 400 | blank_parameter
            game_date=TODAY           | 422 | relative_date
            game_date=2026-02-30      | 400 | invalid_date
            after=-1                  | 400 | invalid_position
            after=999999999999        | 409 | position_unknown
            """)
    void what_cannot_be_told_is_refused(String query, int status, String code) {
        given().urlEncodingEnabled(false)
                .get("/v1/events?" + query)
                .then()
                .statusCode(status)
                .body("code", equalTo(code));
        given().header("Last-Event-ID", "x").get("/v1/events").then().statusCode(400);
        given().header("Last-Event-ID", "999999999999")
                .get("/v1/events")
                .then()
                .statusCode(409)
                .body("errors.parameter", contains("Last-Event-ID"));
    }
}
