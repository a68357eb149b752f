package io.phaseledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.embedded.TestFolders;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LauncherIT {

    private static final Logger LOG = Logger.getLogger(LauncherIT.class);
    private static final String RECOVERY = "database system was not properly shut down";

    private static final Duration MOMENT = Duration.ofSeconds(30);

    /** What Java ends with on SIGTERM: 128 and the number of the signal. */
    private static final int ENDED_BY_SIGTERM = 143;

    @Test
    void keepsItsLedgerOverARestartAndStopsCleanly() {
        PackagedService first = PackagedService.startFromNothing();
        Duration firstStart = first.waitUntilReady();
        PackagedDatabase database = PackagedDatabase.of(first);
        assertEquals(Reports.RECORDED, new Reports(first.url()).send("kept"));
        ProcessHandle postmaster = database.postmaster();
        assertEquals(ENDED_BY_SIGTERM, first.terminate());
        // It takes its pid file away, for which the service waits, a moment before it ends.
        await().atMost(MOMENT).until(() -> !postmaster.isAlive());
        assertTrue(first.log().contains(" stopped in "), first::log);
        PackagedCommand verified = verify(first);
        assertEquals(0, verified.code(), verified::printed);

        try (PackagedService second = PackagedService.start(first.folder(), Map.of())) {
            LOG.infof("ready in %s the first time, in %s the second", firstStart, second.waitUntilReady());
            assertTrue(database.log().contains("database system was shut down at"), database::log);
            assertFalse(database.log().contains(RECOVERY), database::log);
            assertEquals(Reports.ALREADY_RECORDED, new Reports(second.url()).send("kept"));
            assertEquals(List.of("kept"), database.ledger().executions());
            database.ledger().assertWhole();
            String end = verified.printed().strip().substring("whole: ".length());
            assertTrue(first.log().contains("The ledger ends at "), first::log);
            PackagedCommand again = verify(second, "--expect", end);
            assertEquals(0, again.code(), again::printed);
            assertTrue(again.printed().startsWith(end + " is there, and "), again::printed);
        }
    }

    private static PackagedCommand verify(PackagedService service, String... expected) {
        return PackagedCommand.run(
                service.folder(),
                Map.of(),
                Stream.concat(Stream.of("verify"), Stream.of(expected)).toArray(String[]::new));
    }

    @Test
    void runsOnTheClassDataArchiveAndEndsWithTheProcessThatWasStarted() {
        try (PackagedService service = PackagedService.startFromNothing()) {
            service.waitUntilReady();
            ProcessHandle onArchive = service.process()
                    .children()
                    .filter(LauncherIT::hasArchive)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no JVM with the archive:\n" + service.log()));
            service.kill9();
            await().atMost(MOMENT).until(() -> !onArchive.isAlive());
        }
    }

    private static boolean hasArchive(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("-XX:SharedArchiveFile=");
    }

    @Tag("proof")
    @Test
    void isOneProcessWhereTheJvmIsGivenOptions() {
        Map<String, String> options = Map.of(PackagedService.JAVA_FLAGS, "-Xmx300m");
        try (PackagedService service = PackagedService.start(options)) {
            service.waitUntilReady();
            assertFalse(service.process().children().anyMatch(LauncherIT::hasArchive));
        }
    }

    @Tag("proof")
    @Test
    void waitsForTheDiskAtEachCommit() {
        try (PackagedService service = PackagedService.start()) {
            service.waitUntilReady();
            WrittenLedger ledger = PackagedDatabase.of(service).ledger();
            assertEquals("on", ledger.show("fsync"));
            assertEquals("on", ledger.show("synchronous_commit"));
            assertEquals("on", ledger.show("full_page_writes"));
        }
    }

    @Tag("proof")
    @Test
    void keepsItsDataWhereItIsTold() {
        Path elsewhere = TestFolders.create();
        String data = TestFolders.data(elsewhere).toString();
        try (PackagedService service = PackagedService.start(Map.of("PHASE_LEDGER_DATA_DIR", data))) {
            service.waitUntilReady();
            assertFalse(PackagedDatabase.of(service).exists());
            assertTrue(PackagedDatabase.in(elsewhere).exists());
        }
        TestFolders.remove(elsewhere);
    }

    @Tag("proof")
    @Test
    void refusesDataThatIsInUseAndLeavesItsOwnerAlone() {
        try (PackagedService first = PackagedService.start()) {
            first.waitUntilReady();
            ProcessHandle postmaster = PackagedDatabase.of(first).postmaster();

            PackagedService second = PackagedService.start(first.folder(), Map.of());
            assertEquals(1, second.waitForEnd());
            assertEquals(1, second.log().lines().count(), second::log);
            assertTrue(second.log().contains("in use by another running instance"), second::log);
            assertTrue(postmaster.isAlive());
            assertTrue(first.isReady());
            assertEquals(Reports.RECORDED, new Reports(first.url()).send("after the refusal"));
        }
    }

    @Test
    void refusesToKeepDataWhereCloudRunWouldLoseIt() {
        try (PackagedService service = PackagedService.start(Map.of("K_SERVICE", "phase-ledger"))) {
            assertEquals(1, service.waitForEnd());
            assertEquals(1, service.log().lines().count(), service::log);
            assertTrue(service.log().contains("set QUARKUS_DATASOURCE_JDBC_URL"), service::log);
            assertFalse(PackagedDatabase.of(service).exists());
        }
    }

    @Tag("proof")
    @Test
    void readsADatabaseFromItsConfigurationFile() throws IOException {
        Path folder = TestFolders.create();
        Files.createDirectory(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config").resolve("application.properties"),
                "quarkus.datasource.jdbc.url=jdbc:postgresql://127.0.0.1:1/nothing-listens-here\n");
        try (PackagedService service = PackagedService.start(folder, Map.of())) {
            assertEquals(1, service.waitForEnd());
            assertFalse(PackagedDatabase.of(service).exists());
            assertTrue(service.log().contains("127.0.0.1:1 refused"), service::log);
        }
    }

    @Tag("proof")
    @Test
    void saysWhyItDoesNotStartAndTakesItsPostgresAlong() throws IOException {
        try (ServerSocket taken = new ServerSocket(PackagedService.freePort())) {
            String port = Integer.toString(taken.getLocalPort());
            PackagedService service = PackagedService.start(Map.of("QUARKUS_HTTP_PORT", port));
            assertEquals(1, service.waitForEnd());
            assertTrue(service.log().contains("Port " + port + " seems to be in use"), service::log);
            assertFalse(PackagedDatabase.of(service).isRunning());
            service.close();
        }
    }

    @Tag("proof")
    @Test
    void prefersItsOwnPortVariableToTheGeneralOne() {
        int port = PackagedService.freePort();
        Map<String, String> environment = Map.of(
                "QUARKUS_HTTP_PORT", Integer.toString(port), "PORT", Integer.toString(PackagedService.freePort()));
        try (PackagedService service = PackagedService.startOn(port, environment)) {
            service.waitUntilReady();
        }
    }
}
