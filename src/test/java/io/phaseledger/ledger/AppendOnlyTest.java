package io.phaseledger.ledger;

import static io.phaseledger.ledger.Sent.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.LedgerChain;
import io.phaseledger.embedded.Logins;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
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

    @BeforeEach
    void thereIsARow() {
        post(Sent.byNewProcessor().completion("1")).statusCode(201);
    }

    /** After all that was tried. */
    @AfterAll
    static void theLedgerIsWhole() throws SQLException {
        Optional<Logins> embedded = EmbeddedDatabaseResource.logins();
        if (embedded.isPresent()) {
            try (Connection service = embedded.get().service().connect()) {
                LedgerChain.assertWhole(service);
            }
        }
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
                "DELETE FROM nba_orchestration.sources",
                "TRUNCATE nba_orchestration.sources",
                "UPDATE nba_orchestration.receipts SET state = 'ready'",
                "DELETE FROM nba_orchestration.receipts",
                "TRUNCATE nba_orchestration.receipts",
                "UPDATE nba_orchestration.ledger_chain SET position = 1",
                "DELETE FROM nba_orchestration.ledger_chain",
                "TRUNCATE nba_orchestration.ledger_chain",
            })
    void the_owner_is_refused(String change) throws SQLException {
        try (Connection owner = owner()) {
            assertEquals(ask(owner, "SELECT current_user"), ask(owner, OWNER));
            assertRefused(owner, change);
        }
    }

    /** Only a superuser may play a replica, for whom ordinary triggers do not fire. */
    @Test
    void a_session_that_plays_a_replica_is_refused() throws SQLException {
        try (Connection superuser = embedded().superuser().connect()) {
            execute(superuser, "SET session_replication_role = replica");
            for (String change : List.of("UPDATE %s SET status = 'failed'", "DELETE FROM %s", "TRUNCATE %s")) {
                assertRefused(superuser, change.formatted("nba_orchestration.phase_completions"));
            }
        }
    }

    @Test
    void the_owner_may_not_play_a_replica() throws SQLException {
        try (Connection owner = owner()) {
            SQLException refusal =
                    assertThrows(SQLException.class, () -> execute(owner, "SET session_replication_role = replica"));
            assertEquals(INSUFFICIENT_PRIVILEGE, refusal.getSQLState());
        }
    }

    /** Without the triggers: it has no right to, and none to take them away or to leave the database. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE nba_orchestration.phase_completions SET status = 'failed' WHERE false",
                "DELETE FROM nba_orchestration.policy_versions",
                "TRUNCATE nba_orchestration.slates",
                "DELETE FROM nba_orchestration.api_keys",
                "UPDATE nba_orchestration.flyway_schema_history SET success = false",
                "ALTER TABLE nba_orchestration.phase_completions DISABLE TRIGGER append_only",
                "DROP TRIGGER append_only ON nba_orchestration.phase_completions",
                "DROP TABLE nba_orchestration.slates",
                "CREATE TABLE nba_orchestration.another (a int)",
                "CREATE TABLE public.another (a int)",
                "CREATE TEMP TABLE another (a int)",
                "CREATE ROLE another",
                "SET ROLE phase_ledger_owner",
                "SET session_replication_role = replica",
                "COPY (SELECT 1) TO PROGRAM 'true'",
                "COPY (SELECT 1) TO '/tmp/another'",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT rolpassword FROM pg_authid",
            })
    void the_service_has_no_right_to(String change) throws SQLException {
        try (Connection service = embedded().service().connect()) {
            SQLException refusal = assertThrows(SQLException.class, () -> execute(service, change));
            assertEquals(INSUFFICIENT_PRIVILEGE, refusal.getSQLState(), refusal.getMessage());
        }
    }

    @Test
    void the_service_is_the_role_that_has_no_right_to() throws SQLException {
        String expected = embedded().service().user();
        try (Connection service = database.getConnection()) {
            assertEquals(expected, ask(service, "SELECT current_user"));
        }
    }

    /** Of another database we know the service's role alone, which owns the tables there. */
    private Connection owner() throws SQLException {
        Optional<Logins> embedded = EmbeddedDatabaseResource.logins();
        return embedded.isPresent() ? embedded.get().owner().connect() : database.getConnection();
    }

    private static Logins embedded() {
        Optional<Logins> logins = EmbeddedDatabaseResource.logins();
        assumeTrue(logins.isPresent(), "of another database we know one role alone");
        return logins.orElseThrow();
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
