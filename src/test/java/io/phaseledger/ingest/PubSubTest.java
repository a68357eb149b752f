package io.phaseledger.ingest;

import static io.phaseledger.ingest.Messages.PUBSUB;
import static io.phaseledger.ingest.Messages.post;
import static io.restassured.RestAssured.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PubSubTest {

    private final Messages messages = Messages.ofNewProcessor();

    @Test
    void the_pipelines_own_message_becomes_a_row_with_all_that_it_says() {
        String row = messages.push("""
                        {"processor_name":"%s","phase":"phase_4_precompute","execution_id":"run-17",
                         "correlation_id":"nightly","game_date":"2026-02-02","output_table":"player_daily_cache",
                         "output_dataset":"nba_precompute","status":"completed","record_count":123,"records_failed":0,
                         "timestamp":"2026-02-03T02:00:00.123456","duration_seconds":47.25,"parent_processor":null,
                         "trigger_source":"scheduler","trigger_message_id":"99","error_message":null,"error_type":"",
                         "metadata":{"is_incremental":true,"entities_changed":["LAL",203507],"attempt":2}}""".formatted(messages.processor()))
                .statusCode(200)
                .body("outcome", equalTo("recorded"))
                .body("message_id", equalTo(messages.id()))
                .body("rejection_id", nullValue())
                .extract()
                .path("completion_id");
        get("/v1/completions/" + row)
                .then()
                .body("phase", equalTo("phase4"))
                .body("reported_phase", equalTo("phase_4_precompute"))
                .body("game_date", equalTo("2026-02-02"))
                .body("processor_name", equalTo(messages.processor()))
                .body("status", equalTo("success"))
                .body("record_count", equalTo(123))
                .body("expected_count", nullValue())
                .body("correlation_id", equalTo("nightly"))
                .body("execution_id", equalTo("run-17"))
                .body("completed_at", equalTo("2026-02-03T02:00:00.123456Z"))
                .body("started_at", nullValue())
                .body("is_incremental", equalTo(true))
                .body("is_backfill", equalTo(false))
                .body("entities_changed", contains("LAL", "203507"))
                .body("metadata.keySet()", hasSize(8))
                .body("metadata.output_table", equalTo("player_daily_cache"))
                .body("metadata.output_dataset", equalTo("nba_precompute"))
                .body("metadata.records_failed", equalTo(0))
                .body("metadata.duration_seconds", equalTo(47.25f))
                .body("metadata.trigger_source", equalTo("scheduler"))
                .body("metadata.trigger_message_id", equalTo("99"))
                .body("metadata.reported_status", equalTo("completed"))
                .body("metadata.attempt", equalTo(2));
    }

    @Test
    void the_class_names_of_jobs_are_resolved_by_the_ledgers_aliases() {
        String row = messages.push("""
                        {"processor_name":"MLFeatureStoreProcessor","phase":"phase4_precompute","game_date":"2026-02-02",
                         "status":"success","execution_id":"%s"}""".formatted(messages.id())).extract().path("completion_id");
        get("/v1/completions/" + row)
                .then()
                .body("processor_name", equalTo("ml_feature_store"))
                .body("reported_name", equalTo("MLFeatureStoreProcessor"))
                .body("phase", equalTo("phase4"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            success     | success
            SUCCESS     | success
            complete    | success
            completed   | success
            error       | failed
            failed      | failed
            no_data     | no_data
            partial     | partial
            skipped     | skipped
            started     | running
            """)
    void a_status_is_recorded_by_the_ledgers_word(String said, String recorded) {
        messages.push(messages.message("2026-02-02", said, "")).body("outcome", equalTo("recorded"));
        messages.rows().body("items.status", contains(recorded));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "game_date":"2026-02-01","data_date":"2026-02-02"                             | {data_date=2026-02-02}
            "game_date":null,"data_date":"2026-02-01","analysis_date":"2026-02-02"        | {analysis_date=2026-02-02}
            "game_date":"","analysis_date":"2026-02-01"                                   |
            """)
    void the_first_date_is_the_date_and_the_others_are_kept(String dates, String metadata) {
        messages.push("{\"phase\":\"phase4\",\"status\":\"success\",\"processor_name\":\"" + messages.processor()
                        + "\"," + dates + "}")
                .body("outcome", equalTo("recorded"));
        Object kept = messages.rows()
                .body("items.game_date", contains("2026-02-01"))
                .extract()
                .path("items[0].metadata");
        assertEquals(metadata, kept == null ? null : kept.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-03T07:00:00.5,          2026-02-03T07:00:00.500Z",
        "2026-02-03T07:00:00.123456+00:00, 2026-02-03T07:00:00.123456Z",
        "2026-02-03T02:00:00-05:00,      2026-02-03T07:00:00Z",
        "2026-02-03 07:00:00,            2026-02-03T07:00:00Z",
        "'',                             2026-02-03T07:00:01.500Z"
    })
    void a_timestamp_without_a_zone_is_utc_and_without_one_the_publish_time_counts(String said, String recorded) {
        messages.push(messages.message("2026-02-02", "success", ",\"timestamp\":\"" + said + "\""))
                .body("outcome", equalTo("recorded"));
        messages.rows().body("items.completed_at", contains(recorded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "{}", "\"garbage\"", "\"\""})
    void a_publish_time_that_is_none_makes_no_message_new(String time) {
        String data = Base64.getEncoder()
                .encodeToString(messages.message("2026-02-02", "success", "").getBytes(UTF_8));
        Messages.post(Messages.PUBSUB, "application/json", """
                {"message":{"data":"%s","messageId":"%s","publishTime":%s}}""".formatted(data, messages.id(), time))
                .statusCode(200)
                .body("outcome", equalTo("rejected"))
                .body("code", equalTo("invalid_instant"))
                .body("detail", startsWith("/publishTime: "));
        messages.rows().body("items", empty());
    }

    @Test
    void what_a_message_and_its_metadata_call_alike_is_both_kept() {
        messages.push(messages.message(
                "2026-02-02",
                "success",
                ",\"table\":\"a\",\"is_backfill\":true,\"metadata\":{\"table\":\"b\",\"n\":1}"));
        messages.rows()
                .body("items[0].is_backfill", equalTo(true))
                .body("items[0].metadata.table", equalTo("a"))
                .body("items[0].metadata.n", equalTo(1))
                .body("items[0].metadata.metadata.table", equalTo("b"));
    }

    @ParameterizedTest
    @CsvSource({"'',", "',\"execution_id\":\"run-1\"',"})
    void three_deliveries_at_once_are_one_row(String more) {
        String message = messages.message("2026-02-02", "success", ",\"record_count\":7" + more);
        List<String> outcomes = atOnce(3, message);
        assertEquals(1, outcomes.stream().filter("recorded"::equals).count(), outcomes::toString);
        assertEquals(Set.of("recorded", "already_recorded"), Set.copyOf(outcomes));
        messages.rows().body("items", hasSize(1));
        messages.push(message).body("outcome", equalTo("already_recorded"));
    }

    private List<String> atOnce(int times, String message) {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<CompletableFuture<String>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> messages.push(message)
                                    .statusCode(200)
                                    .extract()
                                    .<String>path("outcome"),
                            threads))
                    .limit(times)
                    .toList();
            return answers.stream().map(CompletableFuture::join).collect(Collectors.toList());
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void rejected_at_once_it_is_kept_once() {
        assertEquals(Set.of("rejected"), Set.copyOf(atOnce(3, messages.message("TODAY", "success", ""))));
        Messages.rejected("source=pubsub")
                .body("items.findAll { it.message_id == '" + messages.id() + "' }", hasSize(1));
    }

    @Test
    void two_messages_of_one_run_are_one_row() {
        String message = messages.message("2026-02-02", "success", ",\"execution_id\":\"run-1\"");
        messages.push(message).body("outcome", equalTo("recorded"));
        new Messages(messages.processor(), messages.id() + "-again")
                .push(message)
                .body("outcome", equalTo("already_recorded"));
    }

    @Test
    void two_messages_without_a_run_are_two_rows() {
        String message = messages.message("2026-02-02", "success", "");
        messages.push(message).body("outcome", equalTo("recorded"));
        new Messages(messages.processor(), messages.id() + "-again")
                .push(message)
                .body("outcome", equalTo("recorded"));
        messages.rows().body("items", hasSize(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                        | 422 | required          | /message
            {"message":null}                          | 422 | required          | /message
            {"message":[]}                            | 400 | wrong_type        | /message
            {"message":{"data":"e30="}}               | 422 | required          | /message/messageId
            {"message":{"messageId":7}}               | 400 | wrong_type        | /message/messageId
            {"message":{"messageId":" "}}             | 422 | invalid_size      | /message/messageId
            {"message":{"messageId":"a\\u0000"}}      | 422 | invalid_character | /message/messageId
            []                                        | 400 | wrong_type        | ''
            """)
    void an_envelope_without_a_message_is_the_senders_fault(String body, int status, String code, String pointer) {
        post(PUBSUB, "application/json", body)
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("errors.pointer", contains(pointer));
    }

    @Test
    void a_rejected_message_leaves_no_row() {
        messages.push(messages.message("TODAY", "success", "")).body("outcome", equalTo("rejected"));
        messages.rows().body("items", empty());
    }
}
