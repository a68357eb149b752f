package io.phaseledger.feed;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.Metrics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Each sink is given all that comes, in order, and what one does is nothing to the others. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class SinkTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @Inject
    SteadySink steady;

    @Inject
    FailingSink failing;

    @Inject
    DataSource database;

    private static long complete() {
        return given().contentType("application/json")
                .body("""
                        {"phase": "phase4", "game_date": "2031-05-05", "processor_name": "sunk", "status": "success",
                         "execution_id": "%s"}""".formatted(UUID.randomUUID()))
                .post("/v1/completions")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("position");
    }

    private static void assertGapless(List<Long> taken, long from, long to) {
        assertEquals(
                LongStream.rangeClosed(from, to).boxed().toList(),
                taken.stream()
                        .filter(position -> position >= from && position <= to)
                        .toList());
    }

    @Test
    void a_sink_that_fails_is_given_the_same_again_and_holds_up_no_other() {
        long first = complete();
        await().atMost(BOUND)
                .until(() -> failing.taken().contains(first) && steady.taken().contains(first));
        int before = failing.failures();
        failing.fail(3);
        long last = first;
        for (int i = 0; i < 20; i++) {
            last = complete();
        }
        long end = last;
        await().atMost(BOUND).until(() -> steady.taken().contains(end));
        given().get("/q/health/ready").then().statusCode(200);
        await().atMost(BOUND).until(() -> failing.taken().contains(end));
        assertEquals(before + 3, failing.failures());
        assertGapless(steady.taken(), first, end);
        assertGapless(failing.taken(), first, end);
    }

    @Test
    void a_sink_that_another_instance_runs_is_left_to_it() throws SQLException {
        long first = complete();
        await().atMost(BOUND).until(() -> steady.taken().contains(first));
        long last;
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM nba_orchestration.feed_cursors WHERE sink = 'steady' FOR UPDATE");
            last = complete();
            await().atMost(BOUND).until(() -> failing.taken().contains(last));
            assertTrue(!steady.taken().contains(last));
            assertTrue(lag("steady") >= 1);
            other.rollback();
        }
        await().atMost(BOUND).until(() -> steady.taken().contains(last));
        await().atMost(BOUND).until(() -> cursor("steady") >= last);
    }

    private static double lag(String sink) {
        return Metrics.now().gauge("phase_ledger_feed_lag{sink=\"" + sink + "\"}");
    }

    private long cursor(String sink) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT position FROM nba_orchestration.feed_cursors WHERE sink = '" + sink + "'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
