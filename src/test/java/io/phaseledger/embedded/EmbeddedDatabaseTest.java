package io.phaseledger.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedDatabaseTest {

    private static final Path FOLDER = TestFolders.create();
    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.in(TestFolders.data(FOLDER));

    @BeforeAll
    static void start() {
        DATABASE.start();
    }

    @AfterAll
    static void remove() {
        DATABASE.close();
        TestFolders.remove(FOLDER);
    }

    @ParameterizedTest
    @CsvSource({"fsync", "synchronous_commit", "full_page_writes", "data_checksums"})
    void keepsWhatItHasCommitted(String setting) throws SQLException {
        assertEquals("on", ask("SHOW " + setting));
    }

    @Test
    void listensOnThisMachineOnly() throws SQLException {
        assertEquals("127.0.0.1", ask("SHOW listen_addresses"));
    }

    @Test
    void givesTheServiceNoMoreRightsThanASharedServerWould() throws SQLException {
        assertEquals("off", ask("SHOW is_superuser"));
    }

    @Test
    void refusesAFolderThatIsInUseAndLeavesItsOwnerAlone() throws SQLException {
        CannotStart refusal = assertThrows(CannotStart.class, () -> EmbeddedDatabase.in(TestFolders.data(FOLDER)));
        assertTrue(String.valueOf(refusal.getMessage()).contains("in use by another running instance"));
        assertEquals("1", ask("SELECT 1"));
    }

    private static String ask(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(DATABASE.jdbcUrl(), DATABASE.username(), "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }
}
