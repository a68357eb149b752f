package io.phaseledger.ledger;

import static io.phaseledger.ledger.Sent.importing;
import static io.phaseledger.ledger.Sent.post;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.LedgerChain;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ImportTest {

    private static final Logger LOG = Logger.getLogger(ImportTest.class);

    /** Two commits: one of a whole page of 10,000 rows, and one of the rest. */
    private static final int MANY = 11_000;

    private final Sent sent = Sent.byNewProcessor();

    @Inject
    DataSource database;

    private String known(String at) {
        return sent.completion("1", "success", """
                ,"completed_at":"2026-02-03T07:00:00Z","inserted_at":"%s\"""".formatted(at));
    }

    private static void assertCounts(ValidatableResponse response, int recorded, int replayed, int rejected) {
        response.statusCode(200)
                .header("Ledger-Position", matchesPattern("\\d+"))
                .body("recorded", equalTo(recorded))
                .body("replayed", equalTo(replayed))
                .body("rejected_count", equalTo(rejected))
                .body("read", equalTo(recorded + replayed + rejected));
    }

    private ValidatableResponse history() {
        return get(Sent.COMPLETIONS + "?order=asc&processor_name=" + sent.processor())
                .then();
    }

    @Tag("proof")
    @Test
    void records_more_than_a_page_of_rows_once() {
        String rows = IntStream.range(0, MANY)
                .mapToObj(i -> sent.completion("run-" + i, "success", """
                        ,"record_count":%d,"correlation_id":"nightly","completed_at":"2026-02-03T07:00:00Z",\
                        "metadata":{"attempt":1},"inserted_at":"2026-02-03T07:00:01Z\"""".formatted(i)) + "\n")
                .collect(Collectors.joining());
        assertCounts(timed("new", rows), MANY, 0, 0);
        assertCounts(timed("known", rows), 0, MANY, 0);
        LedgerChain.assertWhole(database);
    }

    private static ValidatableResponse timed(String kind, String rows) {
        long start = System.nanoTime();
        ValidatableResponse response = importing(rows);
        LOG.infof("%d %s rows imported in %d ms", MANY, kind, (System.nanoTime() - start) / 1_000_000);
        return response;
    }

    @Test
    void keeps_duplicates_that_differ_only_in_when_they_were_known() {
        String rows = known("2026-02-03T07:00:01Z") + "\n" + known("2026-02-03T07:00:02Z") + "\n"
                + known("2026-02-03T07:00:01Z");
        assertCounts(importing(rows), 2, 1, 0);
        assertCounts(importing(rows), 0, 3, 0);
        history().body("items.inserted_at", contains("2026-02-03T07:00:01Z", "2026-02-03T07:00:02Z"));
    }

    @Test
    void keeps_each_microsecond_up_to_the_last_year() {
        String times = ",\"started_at\":\"%s\",\"completed_at\":\"%s\",\"inserted_at\":\"%s\""
                .formatted("2199-12-31T23:59:59.999999Z", "1970-01-01T00:00:00.000001Z", "2026-02-03T07:00:00.000001Z");
        assertCounts(importing(sent.completion("1", "success", times)), 1, 0, 0);
        history()
                .body("items[0].started_at", equalTo("2199-12-31T23:59:59.999999Z"))
                .body("items[0].completed_at", equalTo("1970-01-01T00:00:00.000001Z"))
                .body("items[0].inserted_at", equalTo("2026-02-03T07:00:00.000001Z"));
        LedgerChain.assertWhole(database);
    }

    @Test
    void a_row_without_inserted_at_is_what_the_same_post_is() {
        post(sent.completion("1")).statusCode(201);
        assertCounts(importing(sent.completion("1")), 0, 1, 0);
        assertCounts(importing(sent.completion("2", "success", ",\"inserted_at\":null")), 1, 0, 0);
        post(sent.completion("2")).statusCode(200);
    }

    @Test
    void rejects_conflicts_and_what_is_refused_and_goes_on() {
        String conflict = sent.completion("1", "success", ",\"record_count\":5");
        String early = sent.completion("2", "success", ",\"inserted_at\":\"2026-02-03T07:00:00Z\"");
        String future = sent.completion(
                "3", "success", ",\"completed_at\":\"2031-01-01T00:00:00Z\",\"inserted_at\":\"2031-01-01T00:00:00Z\"");
        assertCounts(
                importing(String.join(
                        "\n",
                        sent.completion("1"),
                        "",
                        conflict,
                        "{",
                        early,
                        "[1]",
                        future,
                        known("soon"),
                        sent.completion("9"))),
                2,
                0,
                6);
        importing(conflict + "\n{\n" + early + "\n7\n" + future)
                .body("rejected.line", contains(1, 2, 3, 4, 5))
                .body(
                        "rejected.code",
                        contains("conflict", "malformed_json", "required", "wrong_type", "inserted_at_in_future"))
                .body("rejected[2].detail", equalTo("/completed_at: is needed where inserted_at is given"));
    }

    @Test
    void each_fault_of_a_line_is_named() {
        importing("{\"phase\":true,\"status\":\"done\",\"game_date\":\"TODAY\"}\n{\"a\":1}\nx")
                .body("rejected[0].errors.pointer", contains("/phase", "/status", "/game_date", "/processor_name"))
                .body("rejected[0].errors.code", contains("wrong_type", "unknown_value", "relative_date", "required"))
                .body("rejected[2].errors", nullValue())
                .body("rejected[2].detail", startsWith("is not JSON: "));
    }

    @Tag("proof")
    @Test
    void counts_every_rejected_line_and_lists_the_first() {
        importing("{}\n".repeat(10_001))
                .statusCode(200)
                .body("read", equalTo(10_001))
                .body("rejected_count", equalTo(10_001))
                .body("rejected", hasSize(10_000))
                .body("rejected[9999].line", equalTo(10_000));
    }

    @Test
    void rejects_a_line_that_is_too_long_and_goes_on() {
        importing("x".repeat((1 << 20) + 1) + "\n" + sent.completion("1"))
                .body("recorded", equalTo(1))
                .body("rejected.line", contains(1))
                .body("rejected.code", contains("line_too_long"));
    }

    @Tag("proof")
    @Test
    void takes_more_than_any_other_body_may_have() {
        String line = " ".repeat(1_000_000) + "\n";
        assertCounts(importing(line.repeat(20) + sent.completion("1")), 1, 0, 0);
    }

    @Test
    void reads_rows_as_bigquery_exports_them() {
        String row = """
                {"phase":"phase4","game_date":"2031-02-02","processor_name":"%s","status":"success","record_count":"123",\
                "correlation_id":null,"execution_id":"1","completed_at":"2026-02-03 07:00:00 UTC","is_incremental":"false",\
                "entities_changed":null,"metadata":"{\\"b\\":1,\\"a\\":2}","inserted_at":"2026-02-03 07:00:01.123456 UTC"}""".formatted(sent.processor());
        assertCounts(importing(row), 1, 0, 0);
        String asPosted = sent.completion("1", "success", """
                ,"record_count":123,"completed_at":"2026-02-03T02:00:00-05:00","metadata":{"a":2,"b":1},\
                "inserted_at":"2026-02-03T07:00:01.123456Z\"""");
        assertCounts(importing(asPosted), 0, 1, 0);
        history()
                .body("items[0].record_count", equalTo(123))
                .body("items[0].metadata.a", equalTo(2))
                .body("items[0].completed_at", equalTo("2026-02-03T07:00:00Z"))
                .body("items[0].inserted_at", equalTo("2026-02-03T07:00:01.123456Z"))
                .body("items[0].imported_at", matchesPattern("20.*Z"));
    }

    @Test
    void reads_what_bq_prints() {
        String printed = """
                [
                  {"completed_at": "2026-02-03 07:00:00", "game_date": "2031-02-02", "inserted_at": "2026-02-03 07:00:01",
                   "phase": "phase4", "processor_name": "%1$s", "status": "success"},
                  {"completed_at": "2026-02-03T07:00:00", "game_date": "2031-02-02", "inserted_at": "2026-02-03 07:00:01",
                   "phase": "phase4", "processor_name": "%1$s", "status": "success"},
                  {"completed_at": "2026-02-03 08:00:00", "game_date": "2031-02-02", "inserted_at": "2026-02-03 08:00:01",
                   "phase": "phase4", "processor_name": "%1$s", "status": "success"}
                ]
                """.formatted(sent.processor());
        ValidatableResponse response = post(Sent.IMPORT, "application/json", printed);
        assertCounts(response, 2, 0, 1);
        response.body("rejected[0].line", equalTo(2)).body("rejected[0].code", equalTo("zone_missing"));
    }

    @Test
    void reads_what_pandas_writes_below_a_status_line() {
        String row = """
                {"phase":"phase4","game_date":%s,"processor_name":"%s","status":"success","record_count":123.0,\
                "execution_id":"1","completed_at":%s,"inserted_at":%s}""";
        String lines = row.formatted(
                "\"2031-02-02T00:00:00.000\"",
                sent.processor(),
                "\"2026-02-03T07:00:00.000Z\"",
                "\"2026-02-03T07:00:01.000Z\"");
        assertCounts(importing(lines), 1, 0, 0);
        String array = row.formatted("1927756800000", sent.processor(), "1770102000000", "\"1.770102001E9\"");
        assertCounts(importing("Waiting on bqjob_r1 ... (1s) Current status: DONE\n[" + array + "]"), 0, 1, 0);
    }

    @Test
    void keeps_what_an_array_had_before_it_broke() {
        String row = sent.completion("1");
        ValidatableResponse response = importing("[" + row + ",{\"phase\" " + row + "," + sent.completion("2") + "]");
        assertCounts(response, 1, 0, 1);
        response.body("rejected.line", contains(2)).body("rejected.code", contains("malformed_json"));
    }

    @Test
    void reads_the_reports_that_a_log_kept() {
        post(sent.completion("1")).statusCode(201);
        String log = """
                [2026-02-03 07:00:00] INFO starting
                [2026-02-03 07:01:00,120] ERROR PHASE_LEDGER_UNSENT %s
                2026-02-03T07:02:00Z pod/x PHASE_LEDGER_UNSENT %s\r
                """.formatted(sent.completion("1"), sent.completion("2"));
        ValidatableResponse response = importing(log);
        assertCounts(response, 1, 1, 1);
        response.body("rejected.line", contains(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "application/jsonl", "application/json"})
    void takes_the_types_that_such_files_are_sent_as(String type) {
        assertCounts(post(Sent.IMPORT, type, "\ufeff" + sent.completion("1") + "\r\n"), 1, 0, 0);
    }

    /** A form of another site's page can send the second. */
    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "text/plain", "application/octet-stream"})
    void refuses_another_type(String type) {
        post(Sent.IMPORT, type, "{}").statusCode(415).body("code", equalTo("unsupported_media_type"));
    }

    @Test
    void takes_nothing() {
        assertCounts(importing(""), 0, 0, 0);
        importing("\n").body("rejected", empty());
        given().contentType(Sent.NDJSON).post(Sent.IMPORT).then().statusCode(200);
    }

    @Test
    void is_described() {
        get("/q/openapi?format=json")
                .then()
                .body("paths.'/v1/completions/import'.post.operationId", equalTo("importCompletions"))
                .body("paths.'/v1/completions/import'.post.description", containsString("PHASE_LEDGER_UNSENT"))
                .body("paths.'/v1/completions/batch'.post.operationId", equalTo("recordBatch"));
    }
}
