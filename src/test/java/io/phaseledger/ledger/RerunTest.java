package io.phaseledger.ledger;

import static io.phaseledger.ledger.Sent.BATCH;
import static io.phaseledger.ledger.Sent.COMPLETIONS;
import static io.phaseledger.ledger.Sent.IMPORT;
import static io.phaseledger.ledger.Sent.NDJSON;
import static io.phaseledger.ledger.Sent.post;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.LedgerChain;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A job that is run again under the execution_id that it had is heard again; a retry of what it said is none of that. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class RerunTest {

    private static final int SEEDS = Integer.getInteger("rerun.seeds", 3);
    private static final List<String> STATUSES = List.of("success", "failed", "partial");

    private final Sent sent = Sent.byNewProcessor();

    @Inject
    DataSource database;

    private String report(String outcome) {
        String[] parts = outcome.split(" ", 2);
        return sent.completion("run", parts[0], ",\"completed_at\":\"2026-02-03T" + parts[1] + ":00Z\"");
    }

    /** What is recorded of the processor, the first first, as {@code failed 07:00}. */
    private List<String> recorded() {
        List<List<String>> rows = given().queryParam("processor_name", sent.processor())
                .queryParam("order", "asc")
                .get(COMPLETIONS)
                .jsonPath()
                .getList("items.collect { [it.status, it.completed_at] }");
        return rows.stream()
                .map(row -> row.get(0) + " " + row.get(1).substring(11, 16))
                .toList();
    }

    @Test
    void what_an_execution_says_again_after_another_outcome_is_a_row_however_often_it_is_sent() {
        List<String> outcomes = List.of("failed 07:00", "success 07:30", "failed 08:00");
        for (int last = 0; last < outcomes.size(); last++) {
            String id =
                    post(report(outcomes.get(last))).statusCode(201).extract().path("id");
            outcomes.subList(0, last + 1)
                    .forEach(
                            outcome -> post(report(outcome)).statusCode(200).body("warnings.code", equalTo(List.of())));
            post(report(outcomes.get(last))).body("id", equalTo(id));
        }
        assertEquals(outcomes, recorded());
    }

    @Test
    void the_sender_of_a_rerun_is_told() {
        post(report("failed 07:00")).statusCode(201);
        post(report("success 07:30")).statusCode(201);
        post(report("failed 08:00").replace("}", ",\"record_count\":7}"))
                .statusCode(201)
                .body("record_count", equalTo(7))
                .body("warnings.code", hasItem("execution_rerun"));
        post(report("failed 08:00")).statusCode(409).body("original.record_count", equalTo(7));
    }

    /** After failed at 07:00, success at 07:30 and failed at 08:00. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ,"completed_at":"2026-02-03T06:00:00Z"                    | 200 | 07:00
                    ,"completed_at":"2026-02-03T07:10:00Z"                    | 200 | 07:00
                    ,"completed_at":"2026-02-03T07:30:00Z"                    | 200 | 07:00
                    ,"completed_at":"2026-02-03T08:10:00Z"                    | 200 | 08:00
                    ,"completed_at":"2026-02-03T08:10:00Z","record_count":1   | 409 |
                    ''                                                        | 200 | 07:00
                    """)
    void what_no_other_outcome_came_before_is_a_retry(String more, int status, String kept) {
        for (String outcome : List.of("failed 07:00", "success 07:30", "failed 08:00")) {
            post(report(outcome)).statusCode(201);
        }
        String answered = post(sent.completion("run", "failed", more))
                .statusCode(status)
                .extract()
                .path("completed_at");
        assertEquals(kept, answered == null ? null : answered.substring(11, 16));
        assertEquals(3, recorded().size());
    }

    @Test
    void a_key_says_that_it_is_a_retry() {
        for (String outcome : List.of("failed 07:00", "success 07:30")) {
            given().header("Idempotency-Key", outcome + sent.processor())
                    .contentType("application/json")
                    .body(report(outcome))
                    .post(COMPLETIONS)
                    .then()
                    .statusCode(201);
        }
        given().header("Idempotency-Key", "failed 07:00" + sent.processor())
                .contentType("application/json")
                .body(report("failed 08:00"))
                .post(COMPLETIONS)
                .then()
                .statusCode(200)
                .body("warnings.code", contains("completed_at_kept"));
    }

    @Test
    void a_batch_that_is_taken_back_leaves_no_outcome_behind() {
        post(report("failed 07:00")).statusCode(201);
        String conflict = report("failed 07:00").replace("}", ",\"record_count\":1}");
        post(BATCH + "?atomic=true", NDJSON, report("success 07:30") + "\n" + conflict)
                .statusCode(422);
        post(BATCH, NDJSON, report("failed 08:00") + "\n" + report("failed 08:00"))
                .statusCode(207)
                .body("results.status", contains(200, 200));
        assertEquals(List.of("failed 07:00"), recorded());
    }

    static IntStream seeds() {
        return IntStream.rangeClosed(1, SEEDS);
    }

    /** An outcome that follows on itself is a retry with another time; one that follows on another is a row. */
    @ParameterizedTest
    @MethodSource("seeds")
    void retries_between_make_no_difference(int seed) {
        Random random = new Random(seed);
        List<String> outcomes = IntStream.range(0, 2 + random.nextInt(6))
                .mapToObj(i -> "%s %02d:00".formatted(STATUSES.get(random.nextInt(STATUSES.size())), i))
                .toList();
        List<String> queue = new ArrayList<>();
        for (int last = 0; last < outcomes.size(); last++) {
            queue.add(outcomes.get(last));
            for (int again = random.nextInt(4); again > 0; again--) {
                queue.add(outcomes.get(random.nextInt(last + 1)));
            }
        }
        while (!queue.isEmpty()) {
            List<String> some = queue.subList(0, 1 + random.nextInt(Math.min(4, queue.size())));
            String rows = String.join("\n", some.stream().map(this::report).toList());
            post(random.nextBoolean() ? BATCH : IMPORT, NDJSON, rows);
            some.clear();
        }
        assertEquals(withoutRepetitions(outcomes), recorded(), () -> "seed " + seed + ": " + outcomes);
        LedgerChain.assertWhole(database);
    }

    private static List<String> withoutRepetitions(List<String> outcomes) {
        List<String> rows = new ArrayList<>();
        String before = "";
        for (String outcome : outcomes) {
            String status = outcome.split(" ", -1)[0];
            if (!status.equals(before)) {
                rows.add(outcome);
            }
            before = status;
        }
        return rows;
    }

    @Test
    void a_rerun_that_many_tell_at_once_is_one_row() {
        post(report("failed 07:00")).statusCode(201);
        post(report("success 07:30")).statusCode(201);
        List<Integer> answers = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> post(report("failed 08:00")).extract().statusCode())
                .toList();
        assertEquals(1, answers.stream().filter(status -> status == 201).count());
        assertEquals(39, answers.stream().filter(status -> status == 200).count());
        assertEquals(3, recorded().size());
    }
}
