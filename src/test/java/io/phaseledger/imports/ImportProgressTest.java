package io.phaseledger.imports;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.Metrics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ImportProgressTest {

    /** Two commits of an import, and a row more. */
    private static final int ROWS = 20_001;

    private static final Duration MOMENT = Duration.ofSeconds(60);
    private static final String LINES = "phase_ledger_import_lines_total{kind=\"completions\",outcome=\"recorded\"}";

    private final String processor = "progress_" + UUID.randomUUID().toString().substring(0, 8);

    private String rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"phase\":\"phase2\",\"game_date\":\"2026-01-01\",\"processor_name\":\"" + processor
                        + "\",\"status\":\"success\",\"execution_id\":\"run-" + i + "\"}\n")
                .collect(Collectors.joining());
    }

    private static ValidatableResponse newest() {
        String id = get("/v1/imports").path("items[0].id");
        return get("/v1/imports/" + id).then().statusCode(200);
    }

    private static double counted() {
        return Metrics.now().count(LINES);
    }

    @Test
    void an_import_that_goes_on_shows_what_is_committed_and_one_that_breaks_off_has_failed() throws IOException {
        double before = counted();
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST /v1/completions/import HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nContent-Length: 99999999\r\n\r\n"
                            .getBytes(UTF_8));
            out.write(rows(0, ROWS).getBytes(UTF_8));
            out.flush();
            await().atMost(MOMENT)
                    .untilAsserted(() -> newest().body("state", equalTo("running"))
                            .body("kind", equalTo("completions"))
                            .body("recorded", equalTo(10_000))
                            .body("last_line", equalTo(10_000))
                            .body("finished_at", nullValue()));
            assertEquals(10_000, counted() - before);
        }
        await().atMost(MOMENT)
                .untilAsserted(() -> newest().body("state", equalTo("failed"))
                        .body("recorded", equalTo(10_000))
                        .body("failure", containsString("before its body did"))
                        .body("finished_at", notNullValue()));
    }

    @Test
    void an_import_that_is_done_counts_every_line() {
        String body = rows(0, 3) + rows(0, 1) + "\n{\"phase\":\"phase2\"}\n";
        given().contentType("application/x-ndjson")
                .body(body.getBytes(UTF_8))
                .post("/v1/completions/import")
                .then()
                .statusCode(200);
        newest().body("state", equalTo("finished"))
                .body("read", equalTo(5))
                .body("recorded", equalTo(3))
                .body("replayed", equalTo(1))
                .body("rejected_count", equalTo(1))
                .body("last_line", equalTo(6));
    }

    @Test
    void slates_have_progress_too() {
        given().contentType("application/x-ndjson")
                .body("{\"game_date\":\"2039-01-01\",\"units\":3}\n{\"game_date\":\"2039-01-02\"}\n".getBytes(UTF_8))
                .post("/v1/slates/import")
                .then()
                .statusCode(200);
        newest().body("kind", equalTo("slates"))
                .body("read", equalTo(2))
                .body("rejected_count", equalTo(1))
                .body("last_line", equalTo(2));
    }

    @Test
    void one_that_nobody_began_is_not_found() {
        get("/v1/imports/none").then().statusCode(404).body("code", equalTo("unknown_import"));
        get("/v1/imports/" + UUID.randomUUID()).then().statusCode(404).body("code", equalTo("unknown_import"));
    }

    @Test
    void one_that_has_not_moved_for_longer_than_the_bound_is_stalled() {
        Instant moved = Instant.parse("2026-02-03T07:00:00Z");
        ImportRow row =
                new ImportRow(UUID.randomUUID(), "completions", moved, moved, null, 0, 0, 0, 0, null, "a caller");
        Duration bound = Duration.ofMinutes(1);
        assertEquals(
                "running", ImportProgressView.of(row, moved.plus(bound), bound).state());
        assertEquals(
                "stalled",
                ImportProgressView.of(row, moved.plus(bound).plusNanos(1000), bound)
                        .state());
    }
}
