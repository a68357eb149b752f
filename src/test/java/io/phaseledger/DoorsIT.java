package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.phaseledger.embedded.Login;
import io.phaseledger.embedded.Logins;
import io.phaseledger.embedded.TestFolders;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What another user of the machine can get at, who runs as {@code nobody}. Only root can become other users. */
@Tag("proof")
class DoorsIT {

    private static final Logger LOG = Logger.getLogger(DoorsIT.class);

    private static final List<String> AS_ANOTHER_USER =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    /** An account that every Linux has, for a service that is not root's. */
    private static final List<String> AS_A_PLAIN_USER =
            List.of("setpriv", "--reuid=daemon", "--regid=daemon", "--clear-groups");

    /** With the least careful umask, so that nothing is closed by it. */
    private static final List<String> CARELESS = List.of("sh", "-c", "umask 0 && exec \"$0\" \"$@\"");

    /** Prints which of the files that are named on its input can be read. */
    private static final String READABLE = "while read -r file; do [ ! -r \"$file\" ] || echo \"$file\"; done";

    private final Path folder = TestFolders.create();

    @BeforeEach
    void everyUserMayPassThrough() throws IOException {
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        if (!isRoot) {
            LOG.warn("NOT TESTED: what another user of the machine can get at; that takes root");
        }
        assumeTrue(isRoot, "only root can become another user");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @AfterEach
    void remove() {
        TestFolders.remove(folder);
    }

    @Test
    void whatRootStartsIsClosedOverACrashAndARestart() throws IOException {
        PackagedService first = start(CARELESS, PackagedService.JAR);
        assertEquals(Reports.RECORDED, new Reports(first.url()).send("kept"));
        ProcessHandle orphan = PackagedDatabase.in(folder).postmaster();
        assertIsOfNoAccount(orphan);
        assertClosed();
        Logins before = PackagedDatabase.in(folder).logins();
        first.kill9();
        assertTrue(orphan.isAlive());

        try (PackagedService second = start(CARELESS, PackagedService.JAR)) {
            assertFalse(orphan.isAlive());
            assertClosed();
            assertNotEquals(before, PackagedDatabase.in(folder).logins());
            assertIsOfNoAccount(PackagedDatabase.in(folder).postmaster());
            assertEquals(Reports.ALREADY_RECORDED, new Reports(second.url()).send("kept"));
            PackagedDatabase.in(folder).ledger().assertWhole();
        }
    }

    @Test
    void whatAPlainUserStartsIsClosed() throws IOException {
        run(List.of("chown", "daemon:daemon", folder.toString()), "");
        List<String> prefix = new ArrayList<>(CARELESS);
        prefix.addAll(AS_A_PLAIN_USER);
        try (PackagedService service = start(prefix, copyOfTheJar())) {
            assertEquals(uid("daemon"), uid(PackagedDatabase.in(folder).postmaster()));
            assertEquals(Reports.RECORDED, new Reports(service.url()).send("kept"));
            assertClosed();
            PackagedDatabase.in(folder).ledger().assertWhole();
        }
    }

    private PackagedService start(List<String> prefix, Path jar) {
        PackagedService service = PackagedService.startBy(prefix, jar, folder, Map.of());
        service.waitUntilReady();
        return service;
    }

    /** The working copy may lie where no user but root gets to. */
    private Path copyOfTheJar() throws IOException {
        Path target = folder.resolve("quarkus-app");
        run(List.of("cp", "-r", PackagedService.JAR.resolveSibling("").toString(), target.toString()), "");
        run(List.of("chmod", "-R", "go+rX", target.toString()), "");
        return target.resolve(PackagedService.JAR.getFileName());
    }

    private void assertClosed() throws IOException {
        assertNoFileCanBeRead();
        Logins logins = PackagedDatabase.in(folder).logins();
        assertNoProcessShows(logins);
        assertOnlyPasswordsGetIn(logins);
    }

    private void assertNoFileCanBeRead() throws IOException {
        try (Stream<Path> files = Files.walk(TestFolders.data(folder))) {
            String all = files.map(file -> file + "\n").collect(Collectors.joining());
            assertTrue(all.contains("pg_service.conf"), all);
            assertEquals("", asAnotherUser(List.of("sh", "-c", READABLE), all));
        }
    }

    private static void assertNoProcessShows(Logins logins) throws IOException {
        String shown = asAnotherUser(List.of("sh", "-c", "cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ"), "");
        assertTrue(shown.contains("quarkus-run.jar"), shown);
        for (Login login : all(logins)) {
            assertFalse(shown.contains(login.password()), login::toString);
        }
    }

    /** By psql, as people come: the operator with the file, another user without. */
    private void assertOnlyPasswordsGetIn(Logins logins) throws IOException {
        if (!Files.isExecutable(Path.of("/usr/bin/psql"))) {
            LOG.warn(
                    "NOT TESTED: how psql gets in; 'apt-get install postgresql-client' puts it where it is looked for");
            return;
        }
        String file = "PGSERVICEFILE=" + TestFolders.data(folder).resolve("pg_service.conf");
        for (Login login : all(logins)) {
            List<String> byFile =
                    List.of("env", file, "psql", "-Atw", "-c", "SELECT current_user", "service=" + login.user());
            assertEquals(login.user() + "\n", run(byFile, ""));
            assertEquals("", asAnotherUser(byFile, ""));
            String port = Integer.toString(login.port());
            assertEquals(
                    "",
                    asAnotherUser(
                            List.of(
                                    "psql",
                                    "-Atw",
                                    "-h",
                                    "127.0.0.1",
                                    "-p",
                                    port,
                                    "-U",
                                    login.user(),
                                    "-c",
                                    "SELECT 1",
                                    "postgres"),
                            ""));
        }
    }

    private static List<Login> all(Logins logins) {
        return List.of(logins.service(), logins.owner(), logins.superuser());
    }

    private static void assertIsOfNoAccount(ProcessHandle process) throws IOException {
        int uid = uid(process);
        assertNotEquals(0, uid);
        assertEquals("", run(List.of("getent", "passwd", Integer.toString(uid)), ""));
    }

    private static int uid(ProcessHandle process) throws IOException {
        return (int) Files.getAttribute(Path.of("/proc", Long.toString(process.pid())), "unix:uid");
    }

    private static int uid(String account) throws IOException {
        return Integer.parseInt(run(List.of("id", "-u", account), "").trim());
    }

    private static String asAnotherUser(List<String> command, String input) throws IOException {
        return run(Stream.concat(AS_ANOTHER_USER.stream(), command.stream()).toList(), input);
    }

    /** What it prints, without its complaints. */
    private static String run(List<String> command, String input) throws IOException {
        Path given = Files.writeString(Files.createTempFile("doors", ".txt"), input);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(given.toFile())
                    .redirectError(Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } finally {
            Files.delete(given);
        }
    }
}
