package io.phaseledger.policy;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is put without an instant is in force from now on, whatever was put for later. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class VersionsTest {

    private static final String SOON = "2198-01-01T00:00:00Z";
    private static final String LATER = "2199-01-01T00:00:00Z";

    private final String name = "v" + UUID.randomUUID().toString().replace("-", "");

    private ValidatableResponse put(String description, String more) {
        return given().contentType("application/json")
                .body("{\"time_zone\":\"UTC\",\"requirements\":[],\"description\":\"" + description + "\"" + more + "}")
                .put("/v1/policies/" + name)
                .then();
    }

    private static String from(String instant) {
        return ",\"effective_from\":\"" + instant + "\"";
    }

    private void assertAnswersBy(int version) {
        given().get("/v1/readiness/" + name + "/2026-02-02")
                .then()
                .statusCode(200)
                .body("policy.version", equalTo(version));
    }

    @Test
    void what_was_put_for_later_is_put_for_now() {
        put("A", "").statusCode(201);
        put("B", from(SOON)).statusCode(201);
        put("B", from(SOON)).statusCode(200).body("version", equalTo(2));
        assertAnswersBy(1);
        put("B", "").statusCode(201).body("version", equalTo(3)).body("effective_from", lessThan(SOON));
        assertAnswersBy(3);
        put("B", "").statusCode(200).body("version", equalTo(3));
    }

    @Test
    void what_is_in_force_is_put_once() {
        put("A", "").statusCode(201);
        put("A", "").statusCode(200).body("version", equalTo(1));
        put("A", from(LATER)).statusCode(201).body("version", equalTo(2));
        put("A", from("2026-01-01T00:00:00Z"))
                .statusCode(422)
                .body("code", equalTo("effective_from_in_past"))
                .body("detail", startsWith("/effective_from: the past was judged by version 2"));
    }

    @Test
    void a_setting_that_nothing_acts_on_is_told() {
        given().contentType("application/json")
                .body(
                        "{\"time_zone\":\"UTC\",\"requirements\":[{\"phase\":\"a\",\"processor_name\":\"b\",\"lease\":\"PT1H\"}]}")
                .put("/v1/policies/" + name)
                .then()
                .body("warnings.code", contains("no_effect"))
                .body("warnings.detail", contains(startsWith("lease ")));
    }

    @Test
    void a_matrix_as_of_a_position_has_the_policies_of_then() {
        put("A", "").statusCode(201);
        long last = Long.parseLong(
                given().get("/v1/readiness/" + name + "/2026-02-02").header("Ledger-Position"));
        assertEquals(policiesAt(last - 1) + 1, policiesAt(last));
    }

    @Test
    void a_matrix_of_all_policies_is_empty_where_there_is_none() {
        assertEquals(0, policiesAt(0));
    }

    /** How many are in the matrix of all; more than it may have are counted by the refusal. */
    private static int policiesAt(long position) {
        JsonPath matrix = given().get(
                        "/v1/readiness?game_date_from=2026-02-02&game_date_to=2026-02-02&position=" + position)
                .jsonPath();
        String refusal = matrix.getString("detail");
        return refusal == null
                ? matrix.getList("items").size()
                : Integer.parseInt(refusal.replaceAll("\\D*(\\d+) policies are asked.*", "$1"));
    }
}
