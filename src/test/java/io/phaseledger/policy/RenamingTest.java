package io.phaseledger.policy;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What was recorded under a name before that stood for another. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class RenamingTest {

    private final String unique = UUID.randomUUID().toString().replace("-", "");
    private final String phase = "phase_" + unique;
    private final String before = "old_" + unique;
    private final String after = "new_" + unique;

    /** @return its id */
    private String report(String date, String status, String time, String more) {
        return given().contentType("application/json")
                .body("""
                        {"phase":"%s","processor_name":"%s","game_date":"%s","status":"%s","completed_at":"%s"%s}""".formatted(phase, before, date, status, time, more))
                .post("/v1/completions")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void retract(String id) {
        given().contentType("application/json")
                .body("{\"reason\":\"loaded from the wrong file\"}")
                .post("/v1/completions/" + id + "/retraction")
                .then()
                .statusCode(201);
    }

    private static ValidatableResponse alias(String kind, String name, String query, String target) {
        return given().contentType("application/json")
                .body("{\"target\":\"" + target + "\"}")
                .put("/v1/aliases/" + kind + "/" + name + query)
                .then();
    }

    private List<String> rows(String filter) {
        JsonPath found = get("/v1/completions?order=asc&" + filter).jsonPath();
        List<String> statuses = found.getList("items.status");
        List<String> times = found.getList("items.completed_at");
        return java.util.stream.IntStream.range(0, statuses.size())
                .mapToObj(i -> statuses.get(i) + " " + times.get(i))
                .toList();
    }

    private String state() {
        given().contentType("application/json")
                .body("""
                        {"time_zone":"UTC","requirements":[{"phase":"%s","processor_name":"%s","min_records":10}]}""".formatted(phase, after))
                .put("/v1/policies/" + after);
        return get("/v1/readiness/" + after + "/2026-02-02").path("state");
    }

    @Test
    void an_alias_says_how_many_rows_stay_and_of_which_dates() {
        report("2026-02-02", "success", "2026-02-03T07:00:00Z", "");
        report("2026-02-02", "failed", "2026-02-03T06:00:00Z", "");
        report("2026-02-05", "success", "2026-02-06T07:00:00Z", "");
        retract(report("2026-02-09", "success", "2026-02-10T07:00:00Z", ""));
        alias("processors", before, "", after)
                .statusCode(201)
                .body("restated", equalTo(0))
                .body("warnings.code", contains("rows_kept"))
                .body("warnings[0].detail", containsString("3 row(s) of 2 date(s), 2026-02-02 to 2026-02-05"));
        assertEquals(List.of(), rows("processor_name=" + after));
        assertEquals("not_ready", state());
    }

    @Test
    void an_alias_of_a_name_that_has_no_rows_says_nothing() {
        alias("processors", before, "", after).statusCode(201).body("warnings", empty());
        alias("processors", before, "?restate=true", after)
                .statusCode(200)
                .body("warnings", empty())
                .body("restated", equalTo(0));
    }

    @Test
    void what_was_recorded_is_said_again_once_and_decides() {
        report("2026-02-02", "success", "2026-02-03T07:00:00Z", ",\"record_count\":9,\"execution_id\":\"1\"");
        report("2026-02-02", "success", "2026-02-03T08:00:00Z", ",\"record_count\":10,\"execution_id\":\"2\"");
        report("2026-02-02", "success", "2026-02-03T09:00:00Z", ",\"record_count\":1,\"is_incremental\":true");
        report("2026-02-02", "failed", "2026-02-03T06:00:00Z", "");
        report("2026-02-03", "no_data", "2026-02-04T06:00:00Z", ",\"metadata\":{\"a\":[1,2.50]}");
        alias("processors", before, "?restate=true", after)
                .statusCode(201)
                .body("restated", equalTo(4))
                .body("warnings", empty());
        List<String> expected = List.of(
                "success 2026-02-03T08:00:00Z",
                "success 2026-02-03T09:00:00Z",
                "failed 2026-02-03T06:00:00Z",
                "no_data 2026-02-04T06:00:00Z");
        assertEquals(expected, rows("processor_name=" + after));
        assertEquals("ready", state());
        alias("processors", before, "?restate=true", after).statusCode(200).body("restated", equalTo(0));
        assertEquals(expected, rows("processor_name=" + after));
        get("/v1/completions?order=asc&processor_name=" + after)
                .then()
                .body("items[0].record_count", equalTo(10))
                .body("items[0].execution_id", equalTo("2"))
                .body("items[0].reported_name", equalTo(before))
                .body("items[1].is_incremental", equalTo(true))
                .body("items[3].metadata.a", hasSize(2));
    }

    @Test
    void what_was_retracted_is_not_said_again_nor_is_a_restatement_that_was() {
        report("2026-02-02", "success", "2026-02-03T07:00:00Z", ",\"record_count\":10");
        retract(report("2026-02-02", "success", "2026-02-03T08:00:00Z", ",\"record_count\":11"));
        retract(report("2026-02-03", "success", "2026-02-04T08:00:00Z", ""));
        alias("processors", before, "?restate=true", after).body("restated", equalTo(1));
        assertEquals(List.of("success 2026-02-03T07:00:00Z"), rows("processor_name=" + after));
        assertEquals("ready", state());
        retract(get("/v1/completions?processor_name=" + after).path("items[0].id"));
        alias("processors", before, "?restate=true", after).body("restated", equalTo(0));
        assertEquals("not_ready", state());
    }

    @Test
    void a_phase_is_renamed_with_all_of_its_processors() {
        report("2026-02-02", "success", "2026-02-03T07:00:00Z", "");
        String other = "other_" + unique;
        alias("phases", phase, "?restate=true", other).statusCode(201).body("restated", equalTo(1));
        assertEquals(List.of("success 2026-02-03T07:00:00Z"), rows("phase=" + other + "&processor_name=" + before));
    }

    @Test
    void a_name_that_stands_for_yet_another_later_is_said_under_that_too() {
        report("2026-02-02", "success", "2026-02-03T07:00:00Z", "");
        String other = "other_" + unique;
        alias("processors", before, "?restate=true", other).body("restated", equalTo(1));
        alias("processors", before, "?restate=true", after).body("restated", equalTo(1));
        assertEquals(1, rows("processor_name=" + other).size());
        assertEquals(1, rows("processor_name=" + after).size());
    }
}
