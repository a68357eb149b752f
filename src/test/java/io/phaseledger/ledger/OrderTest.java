package io.phaseledger.ledger;

import static io.phaseledger.ledger.Sent.BATCH;
import static io.phaseledger.ledger.Sent.NDJSON;
import static io.phaseledger.ledger.Sent.post;
import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.LedgerChain;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class OrderTest {

    private static final int CLIENTS = 100;

    private final Sent sent = Sent.byNewProcessor();

    @Inject
    DataSource database;

    @Test
    void a_hundred_reports_of_one_identity_at_once_are_one_row() {
        List<Response> answers =
                atOnce(i -> post(sent.completion("1")).extract().response());
        assertEquals(
                1, answers.stream().filter(answer -> answer.statusCode() == 201).count());
        List<Response> replays =
                answers.stream().filter(answer -> answer.statusCode() == 200).toList();
        assertEquals(CLIENTS - 1, replays.size());
        assertTrue(replays.stream().allMatch(answer -> "true".equals(answer.header("Idempotent-Replayed"))));
        assertEquals(
                1,
                answers.stream()
                        .map(answer -> answer.path("id").toString())
                        .distinct()
                        .count());
        get(Sent.COMPLETIONS + "?processor_name=" + sent.processor()).then().body("items.size()", equalTo(1));
    }

    @Test
    void batches_and_single_reports_at_once_leave_no_gap() {
        List<Response> answers = atOnce(i -> i % 2 == 0 ? single(i) : batch(i));
        assertTrue(answers.stream().allMatch(answer -> answer.statusCode() == 201 || answer.statusCode() == 207));
        LedgerChain.assertWhole(database);
    }

    private Response single(int client) {
        return post(sent.completion("single-" + client)).extract().response();
    }

    /** Of every two clients one has rows that conflict, and one of those takes all or nothing. */
    private Response batch(int client) {
        String rows = IntStream.range(0, 50)
                .mapToObj(i ->
                        sent.completion("batch-" + client + "-" + i % 40, "success", ",\"record_count\":" + i / 45))
                .collect(Collectors.joining("\n"));
        Response answer = post(client % 4 == 1 ? BATCH + "?atomic=true" : BATCH, NDJSON, rows)
                .extract()
                .response();
        return answer.statusCode() == 422 ? single(client) : answer;
    }

    /** Starts all of them together. */
    private static List<Response> atOnce(IntFunction<Response> request) {
        CountDownLatch start = new CountDownLatch(CLIENTS);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<CompletableFuture<Response>> answers = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> whenAllAreThere(start, request, i), threads))
                    .toList();
            return answers.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    private static Response whenAllAreThere(CountDownLatch start, IntFunction<Response> request, int i) {
        start.countDown();
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return request.apply(i);
    }
}
