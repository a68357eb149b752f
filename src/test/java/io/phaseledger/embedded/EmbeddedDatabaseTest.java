package io.phaseledger.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedDatabaseTest {

    /** A wrong password, and none. */
    private static final Set<String> REFUSED = Set.of("28P01", "08004");

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
    void asksForAPassword() {
        assertAsksForPasswords(DATABASE.logins());
    }

    static void assertAsksForPasswords(Logins logins) {
        for (Login login : List.of(logins.service(), logins.owner(), logins.superuser())) {
            for (String password :
                    List.of("", login.user(), "postgres", logins.service().password() + "x")) {
                Login guessed = new Login(login.port(), login.user(), password);
                SQLException refusal =
                        assertThrows(SQLException.class, () -> guessed.connect().close());
                assertTrue(REFUSED.contains(refusal.getSQLState()), refusal::toString);
            }
        }
    }

    @Test
    void noLoginCostsMoreThanARandomPasswordNeeds() throws SQLException {
        Login superuser = DATABASE.logins().superuser();
        assertEquals(
                "SCRAM-SHA-256$1",
                ask(superuser, "SELECT string_agg(DISTINCT split_part(rolpassword, ':', 1), ' ') FROM pg_authid"));
    }

    @Test
    void givesTheServiceNeitherTheServersFilesNorItsPrograms() {
        for (String sql : List.of("COPY (SELECT 1) TO PROGRAM 'true'", "SELECT pg_read_file('/etc/passwd')")) {
            SQLException refusal = assertThrows(SQLException.class, () -> ask(sql));
            assertEquals("42501", refusal.getSQLState(), refusal.getMessage());
        }
    }

    @Test
    void closesItsFilesToOtherUsers() throws IOException {
        Path home = TestFolders.data(FOLDER);
        assumeTrue(Files.getFileStore(home).supportsFileAttributeView(PosixFileAttributeView.class));
        assertEquals("rwx------", permissions(home));
        assertEquals("rwx------", permissions(home.resolve("db")));
        assertEquals("rwx------", permissions(home.resolve("db").resolve("pg18")));
        assertEquals("rw-------", permissions(home.resolve("pg_service.conf")));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void keepsItsPasswordsInOneFileAlone() throws IOException {
        Logins logins = DATABASE.logins();
        List<String> passwords = Stream.of(logins.service(), logins.owner(), logins.superuser())
                .map(Login::password)
                .toList();
        assertEquals(3, Set.copyOf(passwords).size());
        Path programs = DataFolder.binaries(TestFolders.data(FOLDER));
        try (Stream<Path> files = Files.walk(TestFolders.data(FOLDER))) {
            assertEquals(
                    List.of("pg_service.conf"),
                    files.filter(file -> Files.isRegularFile(file) && !file.startsWith(programs))
                            .filter(file -> passwords.stream().anyMatch(read(file)::contains))
                            .map(file -> file.getFileName().toString())
                            .toList());
        }
        assertEquals(logins, EmbeddedDatabase.running(TestFolders.data(FOLDER)).orElseThrow());
        assertFalse(passwords.stream().anyMatch(logins.toString()::contains));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void refusesAFolderThatIsInUseAndLeavesItsOwnerAlone() throws SQLException {
        CannotStart refusal = assertThrows(CannotStart.class, () -> EmbeddedDatabase.in(TestFolders.data(FOLDER)));
        assertTrue(String.valueOf(refusal.getMessage()).contains("in use by another running instance"));
        assertEquals("1", ask("SELECT 1"));
    }

    private static String ask(String sql) throws SQLException {
        return ask(DATABASE.logins().service(), sql);
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
