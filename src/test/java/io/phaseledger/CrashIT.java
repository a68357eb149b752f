package io.phaseledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.embedded.Logins;
import io.phaseledger.embedded.TestFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CrashIT {

    private static final Logger LOG = Logger.getLogger(CrashIT.class);
    private static final Duration MOMENT = Duration.ofSeconds(30);

    /** Enough for hundreds of commits, with one under way at any time. */
    private static final int MANY = 300;

    @Test
    void keepsWhatItAcknowledgedBeforeJavaWasKilled() throws InterruptedException {
        PackagedService first = PackagedService.start();
        first.waitUntilReady();
        PackagedDatabase database = PackagedDatabase.of(first);
        ProcessHandle orphan = database.postmaster();
        Set<String> acknowledged;
        try (Producers producers = Producers.startOn(first)) {
            producers.awaitRecorded(MANY);
            first.kill9();
            acknowledged = producers.stop();
        }
        assertTrue(orphan.isAlive());

        try (PackagedService second = PackagedService.start(first.folder(), Map.of())) {
            second.waitUntilReady();
            assertFalse(orphan.isAlive());
            assertKept(acknowledged, database.ledger());
        }
    }

    @Tag("proof")
    @Test
    void servesAgainByItselfAfterPostgresWasKilled() throws InterruptedException {
        try (PackagedService service = PackagedService.start();
                Producers producers = producersOn(service)) {
            PackagedDatabase database = PackagedDatabase.of(service);
            Logins before = database.logins();
            producers.awaitRecorded(MANY);
            ProcessHandle killed = database.postmaster();
            long killedAt = System.nanoTime();
            killed.destroyForcibly();
            await().atMost(MOMENT)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> service.log().contains("again\n") && service.isReady());
            LOG.infof("served again %s after PostgreSQL was killed", Duration.ofNanos(System.nanoTime() - killedAt));
            producers.awaitRecorded(MANY);
            Set<String> acknowledged = producers.stop();
            LOG.infof("answers: %s", producers.answers());
            assertNotEquals(killed.pid(), database.postmaster().pid());
            assertEquals(before, database.logins());
            assertKept(acknowledged, database.ledger());
            assertEquals(
                    Set.of(),
                    minus(producers.answers().keySet(), List.of(200, 201, 503)),
                    () -> incidents(service.log()));
        }
    }

    @Tag("proof")
    @Test
    void startsAfterBothWereKilledAtOnce() {
        PackagedService first = PackagedService.start();
        first.waitUntilReady();
        PackagedDatabase database = PackagedDatabase.of(first);
        assertEquals(Reports.RECORDED, new Reports(first.url()).send("kept"));
        database.postmaster().destroyForcibly();
        first.kill9();

        try (PackagedService second = PackagedService.start(first.folder(), Map.of())) {
            second.waitUntilReady();
            assertKept(Set.of("kept"), database.ledger());
        }
    }

    @Tag("proof")
    @Test
    void startsAfterItsFirstStartWasKilledHalfway() {
        PackagedService first = PackagedService.startFromNothing();
        Path unfinished = TestFolders.data(first.folder()).resolve("db").resolve("unfinished");
        await().atMost(MOMENT).pollInterval(Duration.ofMillis(5)).until(() -> Files.exists(unfinished));
        first.kill9();

        try (PackagedService second = PackagedService.start(first.folder(), Map.of())) {
            second.waitUntilReady();
        }
    }

    /** What the service logged of answers that it owed to itself. */
    private static String incidents(String log) {
        return log.lines()
                .filter(line -> line.contains("Incident") || line.startsWith("Caused by"))
                .collect(Collectors.joining("\n"));
    }

    private static Producers producersOn(PackagedService service) {
        service.waitUntilReady();
        return Producers.startOn(service);
    }

    /** More may be there, committed and not yet answered; nothing may be there twice. */
    private static void assertKept(Set<String> acknowledged, WrittenLedger ledger) {
        List<String> written = ledger.executions();
        LOG.infof("%d acknowledged, %d written", acknowledged.size(), written.size());
        assertEquals(written.size(), Set.copyOf(written).size());
        assertEquals(Set.of(), minus(acknowledged, written));
        ledger.assertWhole();
    }

    private static <T> Set<T> minus(Set<T> all, List<T> some) {
        Set<T> rest = new HashSet<>(all);
        some.forEach(rest::remove);
        return rest;
    }
}
