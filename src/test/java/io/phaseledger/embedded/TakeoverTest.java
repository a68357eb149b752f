package io.phaseledger.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that is there already: of a version that asked for no password, of a start that was killed, of another user. */
@Tag("proof")
class TakeoverTest {

    private static final String RENAME = "ALTER ROLE phase_ledger RENAME TO phase_ledger_owner";

    private final Path folder = TestFolders.createPrepared();
    private final Path home = TestFolders.data(folder);

    @AfterEach
    void remove() {
        TestFolders.remove(folder);
    }

    /** Where other users may pass through the folder, the PostgreSQL of root runs under an id of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"rwx------", "rwx--x--x"})
    void dataThatTrustedEveryUserIsTakenOver(String permissions) throws IOException, SQLException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        TrustingData.makeIn(home);
        try (EmbeddedDatabase database = started()) {
            assertTakenOver(database.logins());
        }
    }

    @Test
    void aTakeoverThatWasKilledIsCompletedByTheNextStart() throws IOException, SQLException {
        TrustingData.makeIn(home);
        // The superuser has a password then, which is written nowhere.
        EmbeddedDatabase.in(home).close();
        try (DataFolder taken = DataFolder.take(home)) {
            Server server = Server.preparedIn(taken);
            int port = Ports.free();
            server.start(port);
            try (Connection superuser = server.superuser(port).login().connectTo("postgres");
                    Statement statement = superuser.createStatement()) {
                statement.execute(RENAME);
            } finally {
                server.stop();
            }
        }
        try (EmbeddedDatabase database = started()) {
            assertTakenOver(database.logins());
        }
    }

    @Test
    void whoLosesTheFileWithThePasswordsGetsAnother() throws IOException, SQLException {
        String lost;
        try (EmbeddedDatabase database = started()) {
            lost = database.logins().superuser().password();
        }
        Files.delete(home.resolve("pg_service.conf"));
        try (EmbeddedDatabase database = started()) {
            assertNotEquals(lost, database.logins().superuser().password());
            assertEquals("postgres", ask(database.logins().superuser(), "SELECT current_user"));
        }
    }

    private EmbeddedDatabase started() {
        EmbeddedDatabase database = EmbeddedDatabase.in(home);
        database.start();
        return database;
    }

    private static void assertTakenOver(Logins logins) throws SQLException {
        assertEquals("2", ask(logins.owner(), "SELECT count(*) FROM nba_orchestration.kept"));
        assertEquals(
                "phase_ledger_owner", ask(logins.owner(), "SELECT tableowner FROM pg_tables WHERE tablename = 'kept'"));
        assertEquals(
                "phase_ledger_owner",
                ask(logins.owner(), "SELECT datdba::regrole FROM pg_database WHERE datname = 'phase_ledger'"));
        SQLException refusal = assertThrows(
                SQLException.class, () -> ask(logins.service(), "SELECT count(*) FROM nba_orchestration.kept"));
        assertEquals("42501", refusal.getSQLState(), refusal.getMessage());
        EmbeddedDatabaseTest.assertAsksForPasswords(logins);
    }

    private static String ask(Login login, String sql) throws SQLException {
        try (Connection connection = login.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }
}
