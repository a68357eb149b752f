package io.phaseledger.ingest;

import static io.phaseledger.ingest.Messages.OPENLINEAGE;
import static io.phaseledger.ingest.Messages.post;
import static io.phaseledger.ingest.Messages.rejected;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class OpenLineageTest {

    private static final String NOMINAL = """
            "nominalTime":{"nominalStartTime":"2026-02-02T22:00:00-05:00"}""";

    private final Messages messages = Messages.ofNewProcessor();

    private ValidatableResponse send(String type, String time, String facets, String more) {
        return send("nba/phase4", type, time, facets, more);
    }

    private ValidatableResponse send(String namespace, String type, String time, String facets, String more) {
        return post(OPENLINEAGE, "application/json", """
                {"eventType":"%s","eventTime":"%s","producer":"https://example.com/airflow",
                 "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json",
                 "run":{"runId":"%s","facets":{%s}},
                 "job":{"namespace":"%s","name":"nightly.%s"}%s}""".formatted(
                        type, time, messages.id(), facets, namespace, messages.processor(), more));
    }

    @Test
    void a_run_that_completes_is_a_success_for_its_nominal_date() {
        String facets = NOMINAL + ",\"parent\":{\"run\":{\"runId\":\"parent-1\"},\"job\":{}}";
        String outputs = """
                ,"inputs":[{"namespace":"bigquery","name":"nba.games"}],
                 "outputs":[{"namespace":"bigquery","name":"nba.a","outputFacets":{"outputStatistics":{"rowCount":100}}},
                            {"namespace":"bigquery","name":"nba.b","outputFacets":{"outputStatistics":{"rowCount":23}}},
                            {"namespace":"bigquery","name":"nba.c"}]""";
        send("COMPLETE", "2026-02-03T02:00:00-05:00", facets, outputs)
                .statusCode(200)
                .body("outcome", equalTo("recorded"));
        send("COMPLETE", "2026-02-03T02:00:00-05:00", facets, outputs).body("outcome", equalTo("already_recorded"));
        messages.rows()
                .body("items", hasSize(1))
                .body("items[0].phase", equalTo("phase4"))
                .body("items[0].game_date", equalTo("2026-02-02"))
                .body("items[0].status", equalTo("success"))
                .body("items[0].record_count", equalTo(123))
                .body("items[0].completed_at", equalTo("2026-02-03T07:00:00Z"))
                .body("items[0].execution_id", equalTo(messages.id()))
                .body("items[0].correlation_id", equalTo("parent-1"))
                .body("items[0].metadata.inputs", contains("bigquery/nba.games"))
                .body("items[0].metadata.outputs", hasSize(3))
                .body("items[0].metadata.job_name", equalTo("nightly." + messages.processor()));
    }

    @Test
    void a_run_is_followed_from_its_start_to_its_failure() {
        send("START", "2026-02-03T06:00:00Z", NOMINAL, "").body("outcome", equalTo("recorded"));
        send("RUNNING", "2026-02-03T06:30:00Z", NOMINAL, "").body("outcome", equalTo("recorded"));
        send("RUNNING", "2026-02-03T06:30:00Z", NOMINAL, "").body("outcome", equalTo("already_recorded"));
        send("FAIL", "2026-02-03T07:00:00Z", NOMINAL + ",\"errorMessage\":{\"message\":\"no rows\"}", "")
                .body("outcome", equalTo("recorded"));
        messages.rows()
                .body("items.status", contains("running", "running", "failed"))
                .body("items[2].record_count", nullValue())
                .body("items[2].metadata.error_message", equalTo("no rows"));
    }

    @Test
    void an_aborted_run_failed_and_a_named_namespace_has_its_phase() {
        send("airflow://prod", "ABORT", "2026-02-03T07:00:00Z", NOMINAL, "").body("outcome", equalTo("recorded"));
        messages.rows().body("items.status", contains("failed")).body("items.phase", contains("phase3"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-02T00:00Z[UTC]",
                "2026-02-02 00:00:00+00",
                "2026-02-02 00:00:00.5 UTC",
                "2026-02-02T00:00:00",
                "2026-02-02T00:00:00.123456789-0500"
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
            COMPLETE | 2026-02-03T07:00:00Z | ``                                           | required      | /run/facets/nominalTime/nominalStartTime
            COMPLETE | 2026-02-03T07:00:00Z | "nominalTime":{"nominalStartTime":"{{ ds }}"} | invalid_date  | /run/facets/nominalTime/nominalStartTime
            COMPLETE | 2026-02-03T07:00:00Z | "nominalTime":{"nominalStartTime":"2026-02-02Tbanana"} | invalid_date  | /run/facets/nominalTime/nominalStartTime
            DONE     | 2026-02-03T07:00:00Z | "nominalTime":{"nominalStartTime":"2026-02-02T00:00:00Z"} | unknown_value | /eventType
            COMPLETE | 2026-02-03T07:00:00  | "nominalTime":{"nominalStartTime":"2026-02-02T00:00:00Z"} | zone_missing  | /eventTime
            """)
    void what_is_not_said_is_never_guessed(String type, String time, String facets, String code, String pointer) {
        String kept = send(type, time, facets, "")
                .statusCode(200)
                .body("outcome", equalTo("rejected"))
                .body("code", equalTo(code))
                .extract()
                .path("rejection_id");
        send(type, time, facets, "").body("rejection_id", equalTo(kept));
        rejected("source=openlineage").body("items.find { it.id == '" + kept + "' }.errors.pointer", contains(pointer));
        messages.rows().body("items", empty());
    }
}
