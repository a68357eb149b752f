package io.phaseledger.ledger;

import static io.phaseledger.ledger.Sent.BATCH;
import static io.phaseledger.ledger.Sent.NDJSON;
import static io.phaseledger.ledger.Sent.post;
import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.LedgerChain;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class BatchTest {

    private static final String JSON = "application/json";

    private final Sent sent = Sent.byNewProcessor();

    @Inject
    DataSource database;

    private static ValidatableResponse batch(String... rows) {
        return post(BATCH, JSON, "[" + String.join(",", rows) + "]");
    }

    private static ValidatableResponse atomic(String... rows) {
        return post(BATCH + "?atomic=true", JSON, "[" + String.join(",", rows) + "]");
    }

    @Test
    void answersEachRowInItsOrder() {
        batch(sent.completion("1"), sent.completion("2", "done", ""), sent.completion("3"))
                .statusCode(207)
                .header("Ledger-Position", matchesPattern("\\d+"))
                .body("results.status", contains(201, 422, 201))
                .body("results[0].completion.execution_id", equalTo("1"))
                .body("results[0].completion.warnings.code", contains("unknown_processor"))
                .body("results[0].problem", nullValue())
                .body("results[1].completion", nullValue())
                .body("results[1].problem.status", equalTo(422))
                .body("results[1].problem.code", equalTo("unknown_value"))
                .body("results[1].problem.instance", equalTo(BATCH))
                .body("results[1].problem.errors.pointer", contains("/1/status"))
                .body("results[2].completion.execution_id", equalTo("3"));
    }

    @Test
    void recordsWhatASinglePostReplays() {
        String id = batch(sent.completion("1")).extract().path("results[0].completion.id");
        post(sent.completion("1")).statusCode(200).body("id", equalTo(id));
        get(Sent.COMPLETIONS + "/" + id).then().statusCode(200).body("processor_name", equalTo(sent.processor()));
    }

    @Test
    void recordsAnIdentityThatComesTwiceOnce() {
        batch(sent.completion("1"), sent.completion("1"), sent.completion("1", "success", ",\"record_count\":5"))
                .body("results.status", contains(201, 200, 409))
                .body("results[2].problem.code", equalTo("conflict"))
                .body("results[2].problem.original.execution_id", equalTo("1"))
                .body("results[2].problem.ways_on", hasSize(2));
    }

    @Test
    void tellsARowThatCannotBeReadFromOneThatIsRefused() {
        batch(sent.completion("1", "success", ",\"recrod_count\":5"), "[]", "7", "{}")
                .body("results.status", contains(400, 400, 400, 422))
                .body("results[0].problem.errors.pointer", contains("/0/recrod_count"))
                .body("results[0].problem.detail", startsWith("/0/recrod_count: "))
                .body("results[1].problem.errors.pointer", contains("/1"))
                .body(
                        "results[3].problem.errors.pointer",
                        contains("/3/game_date", "/3/phase", "/3/processor_name", "/3/status"));
    }

    @Test
    void refusesARowThatIsAheadOfTheClock() {
        batch(sent.completion("1", "success", ",\"completed_at\":\"2099-01-01T00:00:00Z\""))
                .body("results.status", contains(422))
                .body("results[0].problem.errors[0].pointer", equalTo("/0/completed_at"))
                .body("results[0].problem.code", equalTo("completed_at_in_future"));
    }

    @Test
    void readsALineAtATime() {
        post(BATCH, NDJSON, "\n" + sent.completion("1") + "\r\n\n{\"phase\":\n  \n" + sent.completion("2"))
                .statusCode(207)
                .body("results.status", contains(201, 400, 201))
                .body("results[1].problem.code", equalTo("malformed_json"))
                .body("results[1].problem.errors.pointer", contains("/1/phase"));
        post(BATCH, "application/jsonl", sent.completion("1")).statusCode(207).body("results.status", contains(200));
    }

    @Test
    void refusesALineThatIsTooLongAndReadsTheNext() {
        String spaces = " ".repeat(1 << 20);
        post(BATCH, NDJSON, spaces + sent.completion("1") + "\n" + sent.completion("2"))
                .body("results.status", contains(422, 201))
                .body("results[0].problem.code", equalTo("line_too_long"));
    }

    @Test
    void takesNoRows() {
        batch().statusCode(207).body("results", empty());
        atomic().statusCode(201).body("results", empty());
        post(BATCH, NDJSON, "\n\n").statusCode(207).body("results", empty());
    }

    @Test
    void refusesWhatIsNoArrayAsAWhole() {
        post(BATCH, JSON, "{}").statusCode(400).body("code", equalTo("wrong_type"));
        post(BATCH, JSON, "[{}").statusCode(400).body("code", equalTo("malformed_json"));
        post(BATCH, JSON, "").statusCode(400).body("code", equalTo("body_missing"));
        post(BATCH + "?atomic=perhaps", JSON, "[]").statusCode(400).body("code", equalTo("invalid_boolean"));
    }

    @Tag("proof")
    @Test
    void takesTenThousandRowsAndNoMore() {
        String most = rows(10_000);
        String answer = post(BATCH, NDJSON, most).statusCode(207).extract().asString();
        assertEquals(10_000, answer.split("\"status\":201", -1).length - 1);
        post(BATCH, NDJSON, most + sent.completion("more")).statusCode(422).body("code", equalTo("too_many_rows"));
        post(Sent.COMPLETIONS, JSON, sent.completion("more")).statusCode(201);
        LedgerChain.assertWhole(database);
    }

    private String rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> sent.completion("run-" + i) + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void recordsAllOfAnAtomicBatch() {
        post(sent.completion("1")).statusCode(201);
        atomic(sent.completion("1"), sent.completion("2"), sent.completion("2"))
                .statusCode(201)
                .body("results.status", contains(200, 201, 200));
    }

    @Test
    void recordsNothingOfAnAtomicBatchWithErrors() {
        atomic(sent.completion("1"), sent.completion("2", "done", ""), sent.completion("3", "success", ",\"a\":1"))
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.pointer", contains("/1/status", "/2/a"))
                .body("errors.code", contains("unknown_value", "unknown_field"));
        post(sent.completion("1")).statusCode(201);
    }

    @Test
    void recordsNothingOfAnAtomicBatchWithConflicts() {
        post(sent.completion("2")).statusCode(201);
        atomic(
                        sent.completion("1"),
                        sent.completion("2", "success", ",\"record_count\":5"),
                        sent.completion("1", "success", ",\"record_count\":6"),
                        sent.completion("3", "success", ",\"completed_at\":\"2099-01-01T00:00:00Z\""))
                .statusCode(422)
                .body("code", equalTo("conflict"))
                .body("errors.pointer", contains("/1", "/2", "/3/completed_at"))
                .body("errors.code", contains("conflict", "conflict", "completed_at_in_future"));
        post(sent.completion("1")).statusCode(201);
        LedgerChain.assertWhole(database);
    }

    @Test
    void listsTheFirstOfVeryManyErrors() {
        post(BATCH + "?atomic=true", NDJSON, "{}\n".repeat(2_000))
                .statusCode(422)
                .body("errors", hasSize(BatchResource.MAX_ERRORS));
    }
}
