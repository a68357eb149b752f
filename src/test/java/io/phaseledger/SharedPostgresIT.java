package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.phaseledger.embedded.InstalledPostgres;
import io.phaseledger.embedded.Login;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SharedPostgresIT {

    private static final Logger LOG = Logger.getLogger(SharedPostgresIT.class);
    private static final int EXECUTIONS = 150;
    private static final int THREADS_EACH = 4;

    @Test
    void usesAConfiguredDatabaseAndStartsNone() {
        int port = PackagedService.freePort();
        try (PackagedService owner = PackagedService.start()) {
            owner.waitUntilReady();
            PackagedDatabase database = PackagedDatabase.of(owner);
            WrittenLedger ledger = database.ledger();
            Map<String, String> environment = new HashMap<>(PackagedService.environmentOf(database.logins()));
            environment.putAll(Map.of("K_SERVICE", "phase-ledger", "PORT", Integer.toString(port)));
            try (PackagedService guest = PackagedService.startOn(port, environment)) {
                guest.waitUntilReady();
                assertFalse(PackagedDatabase.of(guest).exists());
                assertEachIsRecordedOnce(owner, guest, ledger);
            }
            assertTrue(owner.isReady());
        }
    }

    @Tag("proof")
    @Test
    void twoStartTogetherOnAnEmptyPostgres15() throws IOException, SQLException {
        if (!InstalledPostgres.isThere()) {
            LOG.warn("NOT TESTED ON POSTGRESQL 15: 'apt-get install postgresql-15' puts it where it is looked for");
        }
        assumeTrue(InstalledPostgres.isThere(), "PostgreSQL 15 is not installed");
        try (InstalledPostgres postgres = InstalledPostgres.start()) {
            Login owner = postgres.logins().owner();
            WrittenLedger ledger = new WrittenLedger(owner);
            Map<String, String> environment = Map.of(
                    "QUARKUS_DATASOURCE_JDBC_URL", owner.jdbcUrl(),
                    "QUARKUS_DATASOURCE_USERNAME", owner.user());
            try (PackagedService one = PackagedService.start(environment);
                    PackagedService other = PackagedService.start(environment)) {
                one.waitUntilReady();
                other.waitUntilReady();
                assertTrue(ledger.show("server_version").startsWith("15."));
                assertEachIsRecordedOnce(one, other, ledger);
            }
        }
    }

    /** Both are told the same at the same time, by several threads each. */
    private static void assertEachIsRecordedOnce(PackagedService one, PackagedService other, WrittenLedger ledger) {
        List<String> executions = IntStream.rangeClosed(1, EXECUTIONS)
                .mapToObj(number -> "execution-" + number)
                .toList();
        List<Integer> answers = sendAll(List.of(new Reports(one.url()), new Reports(other.url())), executions);
        assertEquals(EXECUTIONS, count(answers, Reports.RECORDED));
        assertEquals(answers.size() - EXECUTIONS, count(answers, Reports.ALREADY_RECORDED));
        assertEquals(sorted(executions), sorted(ledger.executions()));
        ledger.assertWhole();
    }

    private static List<Integer> sendAll(List<Reports> services, List<String> executions) {
        ExecutorService threads = Executors.newFixedThreadPool(services.size() * THREADS_EACH);
        try {
            List<CompletableFuture<List<Integer>>> answers = services.stream()
                    .flatMap(reports -> Stream.generate(() -> reports).limit(THREADS_EACH))
                    .map(reports -> CompletableFuture.supplyAsync(
                            () -> executions.stream().map(reports::send).toList(), threads))
                    .toList();
            return answers.stream().flatMap(each -> each.join().stream()).toList();
        } finally {
            threads.shutdown();
        }
    }

    private static List<String> sorted(List<String> texts) {
        return texts.stream().sorted().toList();
    }

    private static long count(List<Integer> answers, int status) {
        return answers.stream().filter(answer -> answer == status).count();
    }
}
