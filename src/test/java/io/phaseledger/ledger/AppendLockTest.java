package io.phaseledger.ledger;

import static io.phaseledger.ledger.Sent.post;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.LedgerChain;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class AppendLockTest {

    private static final String LOCK = "SELECT pg_advisory_xact_lock(" + Positions.APPEND_LOCK + ")";

    private static final String WAITING = """
            SELECT count(*) FROM pg_locks
            WHERE locktype = 'advisory' AND objid = %d AND NOT granted""".formatted(Positions.APPEND_LOCK);

    private static final String HEAD = "SELECT position FROM nba_orchestration.ledger_head";

    private static final String APPEND = """
            INSERT INTO nba_orchestration.slates (game_date, units, position, inserted_at, recorded_by)
            SELECT date '2031-07-01', 1, position + 1, greatest(clock, learned_at + interval '1 microsecond'), 'test'
            FROM nba_orchestration.ledger_head
            """;

    private final Sent sent = Sent.byNewProcessor();

    @Inject
    DataSource database;

    /** Were the report's position taken before the lock is free, a follower could see it and miss the one before it. */
    @Test
    void a_report_waits_for_the_lock_and_comes_after_what_was_appended_under_it() throws SQLException {
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            execute(other, LOCK);
            long before = number(HEAD);
            execute(other, APPEND);
            CompletableFuture<ValidatableResponse> report =
                    CompletableFuture.supplyAsync(() -> post(sent.completion("1")));
            await().untilAsserted(() -> assertEquals(1, number(WAITING)));
            assertFalse(report.isDone());
            assertEquals(before, number(HEAD), "nothing is to be seen of either");
            other.commit();
            int position = report.join().statusCode(201).extract().path("position");
            assertEquals(before + 2, position);
        }
        LedgerChain.assertWhole(database);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
