package io.phaseledger.watch;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.stream.Listener;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A verdict that becomes another is announced once, whatever made it so. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class WatchTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private final String policy = "c" + UUID.randomUUID().toString().replace("-", "");
    private final String processor = policy + "_p";

    private static void put(String path, String body) {
        given().contentType("application/json").body(body).put(path).then().statusCode(201);
    }

    private void policy(String fields) {
        put("/v1/policies/" + policy, """
                {"time_zone": "UTC", "requirements": [{"phase": "phase4", "processor_name": "%s"}] %s}""".formatted(processor, fields));
    }

    private JsonPath complete(String date, String fields) {
        return given().contentType("application/json")
                .body("""
                        {"phase": "phase4", "game_date": "%s", "processor_name": "%s", "status": "success",
                         "execution_id": "%s" %s}""".formatted(date, processor, UUID.randomUUID(), fields))
                .post("/v1/completions")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private Listener listen() throws IOException, InterruptedException {
        return Listener.to(
                RestAssured.baseURI + ":" + RestAssured.port + "/v1/events?type=readiness&policy=" + policy, "");
    }

    private static List<JsonPath> told(Listener listener, int count) {
        await().atMost(BOUND).until(() -> listener.events().size() >= count);
        return listener.events().stream()
                .map(event -> new JsonPath(event.data()))
                .toList();
    }

    private static String change(JsonPath told) {
        return told.getString("from") + " " + told.getString("to") + " by " + told.getString("cause");
    }

    @Test
    void a_row_that_makes_it_ready_and_a_retraction_that_undoes_it() throws Exception {
        policy("");
        try (Listener listener = listen()) {
            JsonPath row = complete("2031-08-01", "");
            JsonPath ready = told(listener, 1).get(0);
            assertEquals("not_ready ready by entry", change(ready));
            assertEquals("2031-08-01", ready.getString("game_date"));
            assertEquals(List.of(), ready.getList("reasons"));
            complete("2031-08-01", "");
            given().contentType("application/json")
                    .body("{\"reason\": \"r\"}")
                    .post("/v1/completions/" + row.getString("id") + "/retraction");
            JsonPath other = complete("2031-08-02", "");
            assertEquals("2031-08-02", told(listener, 2).get(1).getString("game_date"));
            given().contentType("application/json")
                    .body("{\"reason\": \"r\"}")
                    .post("/v1/completions/" + other.getString("id") + "/retraction");
            JsonPath undone = told(listener, 3).get(2);
            assertEquals("ready not_ready by entry", change(undone));
            assertEquals("missing", undone.getString("reasons[0].code"));
            assertEquals(
                    "not_ready",
                    given().get("/v1/readiness/" + policy + "/2031-08-02?as_of=" + undone.getString("as_of")
                                    + "&position=" + undone.getString("known_position"))
                            .jsonPath()
                            .getString("state"));
        }
    }

    @Test
    void the_clock_alone() throws Exception {
        policy(", \"freshness\": {\"max_age\": \"PT1S\", \"applies\": \"always\"}");
        try (Listener listener = listen()) {
            complete("2031-08-03", "");
            List<JsonPath> told = told(listener, 2);
            assertEquals("not_ready ready by entry", change(told.get(0)));
            assertEquals("ready not_ready by clock", change(told.get(1)));
            assertEquals("stale", told.get(1).getString("reasons[0].code"));
        }
    }

    @Test
    void a_slate_without_work() throws Exception {
        policy("");
        try (Listener listener = listen()) {
            put("/v1/slates/2031-08-04", "{\"units\": 0, \"note\": \"" + policy + "\"}");
            assertEquals(
                    "not_ready not_applicable by entry",
                    change(told(listener, 1).get(0)));
        }
    }

    @Test
    void history_that_is_filled_in_is_no_news() throws Exception {
        policy("");
        try (Listener listener = listen()) {
            complete("2031-08-05", ", \"is_backfill\": true");
            given().contentType("application/json")
                    .body("""
                            [{"phase": "phase4", "game_date": "2026-02-02", "processor_name": "%s", "status": "success",
                              "completed_at": "2026-02-03T07:00:00Z", "inserted_at": "2026-02-03T07:00:00Z"}]""".formatted(processor))
                    .post("/v1/completions/import")
                    .then()
                    .statusCode(200);
            put("/v1/slates/2026-01-04", "{\"units\": 0, \"note\": \"" + policy + "\"}");
            complete("2031-08-06", "");
            assertEquals("2031-08-06", told(listener, 1).get(0).getString("game_date"));
            assertEquals(1, listener.events().size());
        }
    }
}
