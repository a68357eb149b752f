package io.phaseledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SIGTERM under load: what is under way ends well, what is new is refused, and nothing that was said is lost. */
@Tag("proof")
class ShutdownIT {

    private static final Logger LOG = Logger.getLogger(ShutdownIT.class);

    /** What Java ends with on SIGTERM: 128 and the number of the signal. */
    private static final int ENDED_BY_SIGTERM = 143;

    /** The waits that are configured, with room for a machine under load. */
    private static final Duration BOUND = Duration.ofSeconds(45);

    private static final int MANY = 100;

    /** Some ten megabytes: more than sockets hold, so that who does not read keeps the service from finishing. */
    private static final int ROWS = 10_000;

    @Test
    void finishesWhatIsUnderWayAndLosesNothing() throws Exception {
        PackagedService service = PackagedService.start();
        service.waitUntilReady();
        PackagedDatabase database = PackagedDatabase.of(service);
        Set<String> acknowledged;
        Map<Integer, Integer> answers;
        try (Callers callers = Callers.startOn(service);
                Producers producers = Producers.startOn(service)) {
            producers.awaitRecorded(MANY);
            callers.awaitEach(0, true);
            long told = System.nanoTime();
            assertEquals(ENDED_BY_SIGTERM, service.terminate());
            Duration took = Duration.ofNanos(System.nanoTime() - told);
            callers.stop();
            acknowledged = producers.stop();
            answers = producers.answers();
            LOG.infof("ended after %s; reports %s, others %s", took, answers, callers.counts());
            assertTrue(took.compareTo(BOUND) < 0, took::toString);
            callers.assertNothingElseButNoAnswer();
        }
        assertEquals(Set.of(), minus(answers.keySet(), Set.of(200, 201, 503, Reports.NO_ANSWER)));
        assertFalse(service.log().contains("Incident"), service::log);
        assertFalse(database.isRunning());

        try (PackagedService next = PackagedService.start(service.folder(), Map.of())) {
            next.waitUntilReady();
            assertEquals(
                    Set.of(),
                    minus(acknowledged, new HashSet<>(database.ledger().executions())));
            database.ledger().assertWhole();
        }
    }

    @Test
    void isNotReadyForAsLongAsItIsToldAndServesMeanwhile() {
        PackagedService service = PackagedService.start(Map.of("QUARKUS_SHUTDOWN_DELAY", "5S"));
        service.waitUntilReady();
        boolean asked = service.process().destroy();
        assertTrue(asked);
        await().atMost(BOUND).until(() -> !service.isReady());
        assertEquals(Reports.RECORDED, new Reports(service.url()).send("in the meantime"));
        assertEquals(ENDED_BY_SIGTERM, service.waitForEnd());
        service.close();
    }

    /** Half an export must not look like a whole one. */
    @Test
    void cutsAnExportThatNobodyReadsSoThatItShows() throws IOException, InterruptedException {
        PackagedService service = startWithHistory("1S", HttpClient.newHttpClient());
        try (SlowReader export = SlowReader.of(service, "/v1/completions", "application/x-ndjson")) {
            export.readSome();
            assertEquals(ENDED_BY_SIGTERM, service.terminate());
            assertFalse(export.readsToTheEnd());
        }
        service.close();
    }

    @Test
    void refusesWhatIsNewForAsLongAsSomethingIsUnderWay() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        PackagedService service = startWithHistory("30S", client);
        try (SlowReader export = SlowReader.of(service, "/v1/completions", "application/x-ndjson")) {
            export.readSome();
            boolean asked = service.process().destroy();
            assertTrue(asked);
            HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/v1/policies"))
                    .build();
            HttpResponse<String> refusal = await().atMost(BOUND)
                    .until(() -> client.send(request, BodyHandlers.ofString()), answer -> answer.statusCode() != 200);
            assertEquals(503, refusal.statusCode());
            assertTrue(refusal.body().contains("\"shutting_down\""), refusal::body);
            assertTrue(refusal.headers().firstValue("Retry-After").isPresent());
            assertTrue(export.readsToTheEnd());
        }
        assertEquals(ENDED_BY_SIGTERM, service.waitForEnd());
        service.close();
    }

    private static PackagedService startWithHistory(String shutdownTimeout, HttpClient client)
            throws IOException, InterruptedException {
        PackagedService service = PackagedService.start(Map.of("QUARKUS_SHUTDOWN_TIMEOUT", shutdownTimeout));
        service.waitUntilReady();
        assertEquals(200, client.send(history(service), BodyHandlers.ofString()).statusCode());
        return service;
    }

    private static HttpRequest history(PackagedService service) {
        String metadata = "x".repeat(500);
        String rows = IntStream.range(0, ROWS)
                .mapToObj(each -> """
                        {"phase": "phase4", "game_date": "2026-02-02", "processor_name": "a", "status": "success",\
                         "execution_id": "%d", "metadata": {"text": "%s"}}""".formatted(each, metadata))
                .collect(Collectors.joining("\n"));
        return HttpRequest.newBuilder(URI.create(service.url() + "/v1/completions/import"))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(rows))
                .build();
    }

    private static <T> Set<T> minus(Set<T> all, Set<T> some) {
        Set<T> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
