package io.phaseledger;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What jobs are called is taken, and found again, wherever a phase or a processor is named. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class NamesTest {

    private static final String DATE = "2031-09-01";

    private static final String AS_LONG_AS_MAY_BE = "😀";

    private static ValidatableResponse put(String path, String name, Object body) {
        return given().contentType("application/json")
                .body(body)
                .put(path, name)
                .then();
    }

    private static ValidatableResponse post(String path, Object body) {
        return given().contentType("application/json").body(body).post(path).then();
    }

    private static Map<String, String> report(String phase, String processor) {
        return Map.of("phase", phase, "game_date", DATE, "processor_name", processor, "status", "success");
    }

    private static String longest(String beginning) {
        return beginning + AS_LONG_AS_MAY_BE.repeat(255 - beginning.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024_load",
                "publish::vr_1",
                "Load task",
                "équipe",
                "kafka://kafka:9094",
                "buggy_task🕷",
                "تحميل",
                "load, daily",
                "100%2F+&?#;=",
                "it's \"so\" \\",
                AS_LONG_AS_MAY_BE
            })
    void a_job_is_found_by_its_name_wherever_it_is_named(String job) {
        String unique = UUID.randomUUID().toString();
        boolean isLong = job.equals(AS_LONG_AS_MAY_BE);
        String phase = isLong ? longest(unique) : unique + job;
        String processor = isLong ? longest("p") : job;
        String alias = "alias of " + unique + job;
        String policy = "n" + unique;
        put(
                        "/v1/policies/{name}",
                        policy,
                        Map.of(
                                "time_zone", "UTC",
                                "requirements", List.of(Map.of("phase", phase, "processor_name", processor)),
                                "consumers", List.of(Map.of("processor_name", processor))))
                .statusCode(201);
        put("/v1/aliases/processors/{name}", alias, Map.of("target", processor)).statusCode(201);
        given().get("/v1/aliases/processors/{name}", alias).then().body("target", equalTo(processor));
        post("/v1/completions", report(phase, alias))
                .statusCode(201)
                .body("warnings.code", contains("not_idempotent"))
                .body("processor_name", equalTo(processor));
        given().queryParam("phase", phase)
                .queryParam("processor_name", processor)
                .get("/v1/completions")
                .then()
                .statusCode(200)
                .body("items.processor_name", contains(processor));
        assertEquals(
                phase,
                new JsonPath(given().accept("application/x-ndjson")
                                .queryParam("phase", phase)
                                .get("/v1/completions")
                                .asString())
                        .getString("phase"));
        given().queryParam("consumer", processor)
                .get("/v1/readiness/{policy}/{date}", policy, DATE)
                .then()
                .body("ready", equalTo(true));
        given().queryParam("policy", policy)
                .queryParam("game_date_from", DATE)
                .queryParam("game_date_to", DATE)
                .get("/v1/readiness")
                .then()
                .body("items.ready", contains(true));
        post("/v1/keys", Map.of("name", "k", "scopes", List.of("record"), "phases", List.of(phase)))
                .statusCode(201)
                .body("phases", contains(phase));
        given().delete("/v1/aliases/processors/{name}", alias).then().statusCode(204);
    }

    @Test
    void a_name_is_the_same_in_every_normal_form() {
        String phase = UUID.randomUUID() + "e\u0301";
        String composed = phase.replace("e\u0301", "\u00e9");
        post("/v1/completions", report(phase, "p")).statusCode(201).body("phase", equalTo(composed));
        given().queryParam("phase", phase).get("/v1/completions").then().body("items.phase", contains(composed));
        put("/v1/aliases/phases/{name}", phase, Map.of("target", "other")).statusCode(201);
        given().get("/v1/aliases/phases/{name}", composed).then().body("target", equalTo("other"));
        given().delete("/v1/aliases/phases/{name}", phase).then().statusCode(204);
    }

    @Test
    void a_longer_one_is_refused_where_a_sender_can_be_told_and_cut_where_not() {
        String processor = longest("p") + "x";
        post("/v1/completions", report("phase4", processor))
                .statusCode(422)
                .body("errors.pointer", contains("/processor_name"))
                .body("code", equalTo("invalid_name"));
        String id = given().contentType("application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", UUID.randomUUID())
                .header("ce-source", "/test")
                .header("ce-type", "completion")
                .body(report("phase4", processor))
                .post("/v1/ingest/cloudevents")
                .then()
                .body("results.outcome", contains("recorded"))
                .extract()
                .path("results[0].completion_id");
        given().get("/v1/completions/" + id)
                .then()
                .body("processor_name", containsString("😀~"))
                .body("metadata.whole_processor_name", equalTo(processor));
    }

    @Test
    void the_nearest_name_is_offered_for_one_that_no_policy_knows() {
        String phase = UUID.randomUUID().toString();
        put(
                        "/v1/policies/{name}",
                        "n" + phase,
                        Map.of(
                                "time_zone",
                                "UTC",
                                "requirements",
                                List.of(Map.of("phase", phase, "processor_name", "équipe première"))))
                .statusCode(201);
        post("/v1/completions", report(phase, "equipe premiere"))
                .statusCode(201)
                .body("warnings.find { it.code == 'unknown_processor' }.nearest", equalTo("équipe première"));
    }
}
