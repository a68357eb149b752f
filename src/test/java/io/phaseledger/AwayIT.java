package io.phaseledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.embedded.OwnPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database that goes away under load and comes back, in each of the ways that databases do. */
@Tag("proof")
class AwayIT {

    private static final Logger LOG = Logger.getLogger(AwayIT.class);

    /** Of which all but nothing is noticing; a machine under load may need more than the two seconds that are promised. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final Duration LONG_ABSENCE = Duration.ofSeconds(10);
    private static final Duration SHORT_ABSENCE = Duration.ofSeconds(3);

    /** Enough for dozens of commits, with one under way at any time. */
    private static final int MANY = 100;

    /** Of a whole absence: its beginning, its cause where that changes, its end, and a line of each who follows the ledger. */
    private static final int MOST_WARNINGS = 12;

    /** More than there are threads to answer. */
    private static final int CROWD = 400;

    @Test
    void refusesWhilePostgresIsStoppedAndServesAgainByItself() throws Exception {
        try (OwnPostgres postgres = OwnPostgres.start()) {
            assertSurvives(
                    postgres, postgres.logins().service().jdbcUrl(), LONG_ABSENCE, postgres::stop, postgres::begin);
        }
    }

    @Test
    void refusesWhilePostgresIsPausedAndServesAgainByItself() throws Exception {
        try (OwnPostgres postgres = OwnPostgres.start()) {
            assertSurvives(
                    postgres, postgres.logins().service().jdbcUrl(), LONG_ABSENCE, postgres::pause, postgres::resume);
        }
    }

    @Test
    void refusesAfterPostgresWasKilledAndServesAgainByItself() throws Exception {
        try (OwnPostgres postgres = OwnPostgres.start()) {
            assertSurvives(
                    postgres, postgres.logins().service().jdbcUrl(), SHORT_ABSENCE, postgres::kill, postgres::begin);
        }
    }

    /** The connections of before are never heard of again: PostgreSQL keeps what they held until it gives them up. */
    @Test
    void refusesWhileTheNetworkSwallowsEverythingAndServesAgainByItself() throws Exception {
        try (OwnPostgres postgres = OwnPostgres.start();
                SwallowingProxy network = SwallowingProxy.to(postgres.port())) {
            String url = "jdbc:postgresql://127.0.0.1:" + network.port() + "/phase_ledger";
            assertSurvives(postgres, url, SHORT_ABSENCE, network::swallow, network::pass);
        }
    }

    private static void assertSurvives(
            OwnPostgres postgres, String url, Duration absence, Runnable goAway, Runnable comeBack)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(PackagedService.environmentOf(postgres.logins()));
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", url);
        try (PackagedService service = PackagedService.start(environment)) {
            service.waitUntilReady();
            try (Callers callers = Callers.startOn(service);
                    Producers producers = Producers.startOn(service)) {
                producers.awaitRecorded(MANY);
                callers.awaitEach(0, true);

                long away = System.nanoTime();
                goAway.run();
                long gone = System.nanoTime();
                callers.askAtOnce(CROWD);
                callers.awaitEach(gone, false);
                assertHealthTells(service);
                await().atMost(absence.plus(SOON)).until(() -> System.nanoTime() - gone > absence.toNanos());
                long returning = System.nanoTime();
                comeBack.run();
                long back = System.nanoTime();

                callers.awaitEach(back, true);
                producers.awaitRecorded(MANY);
                await().atMost(SOON).until(service::isReady);
                callers.stop();
                Set<String> acknowledged = producers.stop();
                Callers.Answer slowest = callers.slowestRefusal(away);
                Duration slowestOfReports = producers.slowestRefusal(away);
                LOG.infof(
                        "slowest 503 after %s: %s; of a report after %s",
                        slowest.tookSince(away), slowest, slowestOfReports);
                LOG.infof(
                        "all good again after %s, reports after %s",
                        callers.goodAgain(back), producers.goodAgain(back));
                LOG.infof(
                        "away for %s; %s; reports %s",
                        Duration.ofNanos(back - away), callers.counts(), producers.answers());

                callers.assertNothingElse();
                callers.assertAllRefused(gone, returning);
                assertTrue(slowest.tookSince(away).compareTo(SOON) < 0, slowest::toString);
                assertTrue(slowestOfReports.compareTo(SOON) < 0, slowestOfReports::toString);
                assertEquals(Set.of(), minus(producers.answers().keySet(), List.of(200, 201, 503)));
                assertKept(acknowledged, new WrittenLedger(postgres.logins().superuser()));
                assertTold(service.log());
            }
        }
    }

    private static void assertHealthTells(PackagedService service) throws IOException, InterruptedException {
        long asked = System.nanoTime();
        HttpResponse<String> ready = health(service, "ready");
        Duration took = Duration.ofNanos(System.nanoTime() - asked);
        LOG.infof("health after %s: %s", took, ready.body().replaceAll("\\s+", " "));
        assertEquals(503, ready.statusCode());
        assertTrue(ready.body().contains("\"name\": \"database\""), ready::body);
        assertTrue(ready.body().contains("\"reason\""), ready::body);
        assertTrue(took.compareTo(SOON) < 0);
        assertEquals(200, health(service, "live").statusCode());
        assertEquals(200, health(service, "started").statusCode());
    }

    private static HttpResponse<String> health(PackagedService service, String which)
            throws IOException, InterruptedException {
        HttpRequest probe = HttpRequest.newBuilder(URI.create(service.url() + "/q/health/" + which))
                .timeout(SOON)
                .build();
        return HttpClient.newHttpClient().send(probe, BodyHandlers.ofString());
    }

    /** Once that it is away and once that it is back; what was under way when it went may say of what it failed. */
    private static void assertTold(String log) {
        List<String> traces = log.lines()
                .filter(line -> line.startsWith("\tat ") || line.startsWith("Caused by: "))
                .toList();
        assertEquals(List.of(), traces);
        List<String> lines = log.lines()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .toList();
        LOG.infof("%d warnings", lines.size());
        assertTrue(lines.size() <= MOST_WARNINGS, () -> String.join("\n", lines));
        assertTrue(log.contains("The database is away"), log);
        assertTrue(log.contains("The database is there again"), log);
        assertTrue(!log.contains("Incident"), log);
    }

    /** More may be there, committed and not yet answered; nothing may be there twice. */
    private static void assertKept(Set<String> acknowledged, WrittenLedger ledger) {
        List<String> written = ledger.executions();
        LOG.infof("%d acknowledged, %d written", acknowledged.size(), written.size());
        assertEquals(Set.of(), minus(acknowledged, written));
        ledger.assertWhole();
    }

    private static <T> Set<T> minus(Set<T> all, List<T> some) {
        Set<T> rest = new HashSet<>(all);
        some.forEach(rest::remove);
        return rest;
    }
}
