package io.phaseledger.ledger;

import static io.phaseledger.ledger.Sent.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.LedgerChain;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class AppendOnlyTest {

    private static final String RESTRICT_VIOLATION = "23001";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static final String OWNER = """
            SELECT tableowner FROM pg_tables
            WHERE schemaname = 'nba_orchestration' AND tablename = 'phase_completions'""";

    @Inject
    DataSource database;

    @Inject
    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @Inject
    @ConfigProperty(name = "quarkus.datasource.username")
    String username;

    @BeforeEach
    void thereIsARow() {
        post(Sent.byNewProcessor().completion("1")).statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE nba_orchestration.phase_completions SET status = 'failed'",
                "UPDATE nba_orchestration.phase_completions SET status = 'failed' WHERE false",
                "DELETE FROM nba_orchestration.phase_completions",
                "DELETE FROM nba_orchestration.phase_completions_current",
                "TRUNCATE nba_orchestration.phase_completions",
                "TRUNCATE nba_orchestration.phase_completions CASCADE",
                "UPDATE nba_orchestration.readiness_changes SET to_state = 'ready'",
                "DELETE FROM nba_orchestration.readiness_changes",
                "TRUNCATE nba_orchestration.readiness_changes",
                "UPDATE nba_orchestration.slates SET units = 0",
                "DELETE FROM nba_orchestration.slates",
                "TRUNCATE nba_orchestration.slates",
                "DELETE FROM nba_orchestration.policy_versions",
                "TRUNCATE nba_orchestration.policy_versions",
                "DELETE FROM nba_orchestration.aliases",
                "TRUNCATE nba_orchestration.aliases",
            })
    void the_owner_is_refused(String change) throws SQLException {
        try (Connection owner = database.getConnection()) {
            assertEquals(username, ask(owner, OWNER));
            assertRefused(owner, change);
        }
        LedgerChain.assertUnbroken(database);
    }

    /** Only a superuser may play a replica, for whom ordinary triggers do not fire. */
    @Test
    void a_session_that_plays_a_replica_is_refused() throws SQLException {
        assumeTrue(System.getenv("PHASE_LEDGER_TEST_JDBC_URL") == null, "of another database we know no superuser");
        try (Connection superuser = DriverManager.getConnection(url, "postgres", "")) {
            execute(superuser, "SET session_replication_role = replica");
            for (String change : List.of("UPDATE %s SET status = 'failed'", "DELETE FROM %s", "TRUNCATE %s")) {
                assertRefused(superuser, change.formatted("nba_orchestration.phase_completions"));
            }
        }
        LedgerChain.assertUnbroken(database);
    }

    @Test
    void the_owner_may_not_play_a_replica() throws SQLException {
        try (Connection owner = database.getConnection()) {
            SQLException refusal =
                    assertThrows(SQLException.class, () -> execute(owner, "SET session_replication_role = replica"));
            assertEquals(INSUFFICIENT_PRIVILEGE, refusal.getSQLState());
        }
    }

    private static void assertRefused(Connection connection, String change) {
        SQLException refusal = assertThrows(SQLException.class, () -> execute(connection, change));
        assertEquals(RESTRICT_VIOLATION, refusal.getSQLState(), refusal.getMessage());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
