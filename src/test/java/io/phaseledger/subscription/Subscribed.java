package io.phaseledger.subscription;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.Receiver;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A policy of its own with one processor, and a subscription to it: what the tests have in common. */
final class Subscribed {

    static final Duration BOUND = Duration.ofSeconds(60);

    final String policy = "s" + UUID.randomUUID().toString().replace("-", "");
    final String phase = policy + "_phase";

    void policy(String fields) {
        given().contentType("application/json")
                .body("""
                        {"time_zone": "UTC", "requirements": [{"phase": "%s", "processor_name": "p"}] %s}""".formatted(phase, fields))
                .put("/v1/policies/" + policy)
                .then()
                .statusCode(201);
    }

    /** To this receiver, of this policy and phase. */
    JsonPath to(String url, String fields) {
        return given().contentType("application/json")
                .body("""
                        {"url": "%s", "policies": ["%s"], "phases": ["%s"] %s}""".formatted(url, policy, phase, fields))
                .post("/v1/subscriptions")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    JsonPath complete(String date, String fields) {
        return given().contentType("application/json")
                .body("""
                        {"phase": "%s", "game_date": "%s", "processor_name": "p", "status": "success",
                         "execution_id": "%s" %s}""".formatted(phase, date, UUID.randomUUID(), fields))
                .post("/v1/completions")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    static void retract(JsonPath completion) {
        given().contentType("application/json")
                .body("{\"reason\": \"r\"}")
                .post("/v1/completions/" + completion.getString("id") + "/retraction")
                .then()
                .statusCode(201);
    }

    static JsonPath show(JsonPath subscription) {
        return given().get("/v1/subscriptions/" + subscription.getString("id"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    static JsonPath change(JsonPath subscription, String patch) {
        return given().contentType("application/json")
                .body(patch)
                .patch("/v1/subscriptions/" + subscription.getString("id"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    static List<String> deliveries(JsonPath subscription, String field) {
        return given().get("/v1/subscriptions/" + subscription.getString("id") + "/deliveries?limit=1000")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items." + field, String.class);
    }

    /** Waits until so many calls were taken, and returns them. */
    static List<Receiver.Call> taken(Receiver receiver, int count) {
        await().atMost(BOUND).until(() -> receiver.taken().size() >= count);
        List<Receiver.Call> taken = receiver.taken();
        assertEquals(count, taken.size());
        return taken;
    }

    /** Each names the one before it, and the first names none. */
    static void assertChained(List<Receiver.Call> calls) {
        Long before = null;
        for (Receiver.Call call : calls) {
            assertEquals(before, call.previous());
            before = call.sequence();
        }
    }
}
