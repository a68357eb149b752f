package io.phaseledger.ingest;

import static io.phaseledger.ingest.Messages.OPENLINEAGE;
import static io.phaseledger.ingest.Messages.post;
import static io.phaseledger.ingest.Messages.rejected;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class OpenLineageTest {

    private static final String NOMINAL = """
            "nominalTime":{"nominalStartTime":"2026-02-02T00:00:00-05:00","nominalEndTime":"2026-02-03T00:00:00-05:00"}""";

    private static final String OUTPUT = """
            ,"outputs":[{"namespace":"b","name":"t","outputFacets":{"outputStatistics":{"rowCount":9}}}]""";

    private static final Duration MOMENT = Duration.ofSeconds(60);

    private final Messages messages = Messages.ofNewProcessor();

    private ValidatableResponse send(String type, String time, String facets, String more) {
        return post(OPENLINEAGE, "application/json", """
                {"eventType":"%s","eventTime":"%s","producer":"https://example.com/airflow",
                 "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json",
                 "run":{"runId":"%s","facets":{%s}},
                 "job":{"namespace":"nba/phase4","name":"%s"}%s}""".formatted(
                        type, time, messages.id(), facets, messages.processor(), more));
    }

    @Test
    void a_run_that_completes_is_a_success_for_its_nominal_date() {
        String facets = NOMINAL + ",\"parent\":{\"run\":{\"runId\":\"parent-1\"},\"job\":{}}";
        String outputs = """
                ,"inputs":[{"namespace":"bigquery","name":"nba.games"}],
                 "outputs":[{"namespace":"bigquery","name":"nba.a","outputFacets":{"outputStatistics":{"rowCount":100}}},
                            {"namespace":"bigquery","name":"nba.b","outputFacets":{"outputStatistics":{"rowCount":23}}}]""";
        send("COMPLETE", "2026-02-03T02:00:00-05:00", facets, outputs)
                .statusCode(200)
                .body("outcome", equalTo("recorded"))
                .body("warnings.code", contains("unmapped_source"));
        send("COMPLETE", "2026-02-03T02:00:00-05:00", facets, outputs).body("outcome", equalTo("already_recorded"));
        messages.rows()
                .body("items", hasSize(1))
                .body("items[0].phase", equalTo("nba/phase4"))
                .body("items[0].game_date", equalTo("2026-02-02"))
                .body("items[0].status", equalTo("success"))
                .body("items[0].record_count", equalTo(23))
                .body("items[0].completed_at", equalTo("2026-02-03T07:00:00Z"))
                .body("items[0].execution_id", equalTo(messages.id()))
                .body("items[0].correlation_id", equalTo("parent-1"))
                .body("items[0].metadata.inputs", contains("bigquery/nba.games"))
                .body("items[0].metadata.outputs.record_count", contains(100, 23))
                .body("items[0].metadata.job_name", equalTo(messages.processor()));
    }

    @Test
    void a_run_is_followed_from_its_start_to_its_failure() {
        send("START", "2026-02-03T06:00:00Z", NOMINAL, "").body("outcome", equalTo("recorded"));
        send("RUNNING", "2026-02-03T06:30:00Z", NOMINAL, "").body("outcome", equalTo("already_recorded"));
        send("RUNNING", "2026-02-03T06:30:00Z", NOMINAL, "").body("outcome", equalTo("already_recorded"));
        send("FAIL", "2026-02-03T07:00:00Z", NOMINAL + ",\"errorMessage\":{\"message\":\"no rows\"}", "")
                .body("outcome", equalTo("recorded"));
        messages.rows()
                .body("items.status", contains("running", "failed"))
                .body("items[1].record_count", nullValue())
                .body("items[1].metadata.error_message", equalTo("no rows"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-02T00:00Z[UTC]",
                "2026-02-02 00:00:00+00",
                "2026-02-02 00:00:00.0 UTC",
                "2026-02-02T00:00:00",
                "2026-02-02T00:00:00.000000000-0500"
            })
    void a_nominal_time_says_its_date_in_any_usual_form(String time) {
        send("COMPLETE", "2026-02-03T07:00:00Z", "\"nominalTime\":{\"nominalStartTime\":\"" + time + "\"}", "")
                .body("outcome", equalTo("recorded"));
        messages.rows().body("items.game_date", contains("2026-02-02"));
    }

    @Test
    void other_events_are_taken_and_not_recorded() {
        send("OTHER", "2026-02-03T07:00:00Z", NOMINAL, "").statusCode(200).body("outcome", equalTo("ignored"));
        post(OPENLINEAGE, "application/json", "{\"eventTime\":\"2026-02-03T07:00:00Z\",\"dataset\":{}}")
                .statusCode(200)
                .body("outcome", equalTo("ignored"));
        messages.rows().body("items", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\"nba.a\"", "7", "{\"outputFacets\":{\"outputStatistics\":{\"rowCount\":12}}}"})
    void what_are_no_outputs_is_not_passed_over(String outputs) {
        send("COMPLETE", "2026-02-03T07:00:00Z", NOMINAL, ",\"outputs\":" + outputs)
                .statusCode(200)
                .body("outcome", equalTo("rejected"))
                .body("code", equalTo("wrong_type"))
                .body("detail", startsWith("/outputs: "));
        messages.rows().body("items", empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            COMPLETE | 2026-02-03T07:00:00Z | "nominalTime":{"nominalStartTime":"{{ ds }}"} | invalid_date  | /run/facets/nominalTime/nominalStartTime
            COMPLETE | 2026-02-03T07:00:00Z | "nominalTime":{"nominalStartTime":"2026-02-02Tbanana"} | invalid_date  | /run/facets/nominalTime/nominalStartTime
            DONE     | 2026-02-03T07:00:00Z | "nominalTime":{"nominalStartTime":"2026-02-02T00:00:00Z"} | unknown_value | /eventType
            COMPLETE | noon                 | "nominalTime":{"nominalStartTime":"2026-02-02T00:00:00Z"} | invalid_instant | /eventTime
            """)
    void what_cannot_be_read_is_rejected(String type, String time, String facets, String code, String pointer) {
        String kept = send(type, time, facets, "")
                .statusCode(200)
                .body("outcome", equalTo("rejected"))
                .body("code", equalTo(code))
                .extract()
                .path("rejection_id");
        send(type, time, facets, "").body("rejection_id", equalTo(kept));
        rejected("source=openlineage&outcome=rejected")
                .body("items.find { it.id == '" + kept + "' }.errors.pointer", contains(pointer));
        messages.rows().body("items", empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            2026-02-03T07:00:00Z | ``                                                            | game_date_missing
            2026-02-03T07:00:00Z | "nominalTime":{"nominalStartTime":"2026-02-01T16:00:00Z"}     | zone_unknown
            2026-02-03T07:00:00  | "nominalTime":{"nominalStartTime":"2026-02-02T00:00:00Z"}     | zone_missing
            """)
    void what_is_not_said_is_never_guessed_and_held_until_it_is(String time, String facets, String code) {
        String kept = held(time, facets, code);
        messages.rows().body("items", empty());
        rejected("outcome=held").body("items.find { it.id == '" + kept + "' }.code", equalTo(code));
        rejected("outcome=rejected").body("items.id", not(hasItem(kept)));
    }

    private String held(String time, String facets, String code) {
        return send("COMPLETE", time, facets, "")
                .statusCode(200)
                .body("outcome", equalTo("held"))
                .body("code", equalTo(code))
                .extract()
                .path("rejection_id");
    }

    @Test
    void what_is_held_is_read_again_when_a_policy_gives_the_zone() {
        held("2026-02-03T07:00:00Z", "\"nominalTime\":{\"nominalStartTime\":\"2026-02-01T16:00:00Z\"}", "zone_unknown");
        policy("Asia/Taipei");
        await().atMost(MOMENT).untilAsserted(() -> messages.rows().body("items.game_date", contains("2026-02-02")));
    }

    @Test
    void what_is_recorded_stays_when_a_policy_gives_another_zone() {
        String nominal = "\"nominalTime\":{\"nominalStartTime\":\"2026-02-02T00:00:00Z\"}";
        send("START", "2026-02-03T06:00:00Z", nominal, "").body("outcome", equalTo("recorded"));
        policy("America/New_York");
        send("COMPLETE", "2026-02-03T07:00:00Z", nominal, "").body("outcome", equalTo("recorded"));
        messages.rows()
                .body("items.game_date", contains("2026-02-02", "2026-02-01"))
                .body("items.status", contains("running", "running"))
                .body("items.retracted_by", everyItem(nullValue()));
    }

    private void policy(String zone) {
        given().contentType("application/json")
                .body("""
                        {"time_zone":"%s","requirements":[{"phase":"nba/phase4","processor_name":"%s"}]}""".formatted(zone, messages.processor()))
                .put("/v1/policies/" + messages.processor())
                .then()
                .statusCode(201);
    }

    @Test
    void what_is_dismissed_is_neither_listed_nor_read_again() {
        String kept = held("2026-02-03T07:00:00Z", "", "game_date_missing");
        given().post("/v1/ingest/rejected/" + kept + "/dismiss")
                .then()
                .statusCode(200)
                .body("dismissed_by", equalTo("anonymous"));
        rejected("").body("items.id", not(hasItem(kept)));
        send("START", "2026-02-03T06:00:00Z", NOMINAL, "").body("outcome", equalTo("recorded"));
        messages.rows().body("items.status", contains("running"));
    }

    @Test
    void a_success_that_an_operator_retracted_stays_so_until_the_run_ends_anew() {
        String first =
                send("COMPLETE", "2026-02-03T07:00:00Z", NOMINAL, "").extract().path("completion_id");
        given().contentType("application/json")
                .body("{\"reason\":\"wrong rows\"}")
                .post("/v1/completions/" + first + "/retraction")
                .then()
                .statusCode(201);
        send("COMPLETE", "2026-02-03T07:00:00Z", NOMINAL, "").body("outcome", equalTo("already_recorded"));
        send("OTHER", "2026-02-03T07:01:00Z", NOMINAL, OUTPUT).body("outcome", equalTo("ignored"));
        messages.rows().body("items.findAll { it.kind == 'completion' }", hasSize(1));
        send("COMPLETE", "2026-02-03T08:00:00Z", NOMINAL, "").body("outcome", equalTo("recorded"));
        messages.rows()
                .body("items.findAll { it.kind == 'completion' }.retracted_by", contains(notNullValue(), nullValue()));
    }
}
