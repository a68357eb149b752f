package io.phaseledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events of runs that are sent in any order while the service is killed, and again. */
@Tag("proof")
class RunsIT {

    private static final Logger LOG = Logger.getLogger(RunsIT.class);
    private static final Duration MOMENT = Duration.ofSeconds(60);
    private static final int KILLS = Integer.getInteger("runs.kills", 3);
    private static final int RUNS = 60;
    private static final int SENDERS = 4;

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void what_was_answered_is_worked_out_though_the_service_is_killed() throws InterruptedException {
        Random random = new Random(20260202);
        Set<String> expected = new TreeSet<>();
        PackagedService service = PackagedService.start();
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                List<String> runs = Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()).toString())
                        .limit(RUNS)
                        .toList();
                List<Event> events = events(runs);
                Collections.shuffle(events, random);
                service.waitUntilReady();
                Collection<Event> answered = send(service, events, RUNS / 2 + random.nextInt(RUNS));
                service = PackagedService.start(service.folder(), Map.of());
                service.waitUntilReady();
                WrittenLedger ledger = PackagedDatabase.of(service).ledger();
                Set<String> owed = rows(runs.stream()
                        .filter(run -> answered.containsAll(events(List.of(run))))
                        .toList());
                LOG.infof("%d events were answered before the kill, which make %d rows", answered.size(), owed.size());
                await().atMost(MOMENT).until(() -> standing(ledger).containsAll(owed));
                Collections.shuffle(events, random);
                assertEquals(
                        events.size(), send(service, events, Integer.MAX_VALUE).size());
                expected.addAll(rows(runs));
                await().atMost(MOMENT).until(() -> standing(ledger).size() >= expected.size());
                assertEquals(List.copyOf(expected), standing(ledger));
                ledger.assertWhole();
            }
        } finally {
            service.close();
        }
    }

    /** That a run succeeded is known without its date, which its start alone says. */
    private static List<Event> events(List<String> runs) {
        return runs.stream()
                .flatMap(run -> List.of(new Event(run, "START"), new Event(run, "COMPLETE")).stream())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Set<String> rows(List<String> runs) {
        Set<String> rows = new TreeSet<>();
        runs.forEach(run -> rows.addAll(List.of(run + " running", run + " success")));
        return rows;
    }

    private static List<String> standing(WrittenLedger ledger) {
        return ledger.ask("""
                        SELECT execution_id || ' ' || status FROM nba_orchestration.phase_completions_current
                        WHERE execution_id IS NOT NULL""").stream().sorted().toList();
    }

    /** Sends them by several senders, kills the service when so many were answered, and returns those that were. */
    private static Collection<Event> send(PackagedService service, List<Event> events, int killAt)
            throws InterruptedException {
        Queue<Event> waiting = new ConcurrentLinkedQueue<>(events);
        Queue<Event> answered = new ConcurrentLinkedQueue<>();
        CountDownLatch enough = new CountDownLatch(Math.min(killAt, events.size()));
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        for (int i = 0; i < SENDERS; i++) {
            senders.execute(() -> {
                for (Event event = waiting.poll(); event != null && event.isAnswered(service.url()); ) {
                    answered.add(event);
                    enough.countDown();
                    event = waiting.poll();
                }
            });
        }
        senders.shutdown();
        boolean unused = enough.await(MOMENT.toSeconds(), TimeUnit.SECONDS);
        if (killAt < events.size()) {
            service.kill9();
        }
        boolean ended = senders.awaitTermination(MOMENT.toSeconds(), TimeUnit.SECONDS);
        assertEquals(true, ended);
        return answered;
    }

    private record Event(String run, String type) {

        boolean isAnswered(String url) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1/lineage"))
                    .timeout(MOMENT)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body()))
                    .build();
            try {
                return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private String body() {
            boolean isStart = type.equals("START");
            return """
                    {"eventType": "%s", "eventTime": "2026-02-03T07:0%d:00Z", "producer": "https://example.com/p",
                     "run": {"runId": "%s", "facets": {%s}}, "job": {"namespace": "nightly", "name": "load"}}""".formatted(
                            type,
                            isStart ? 0 : 5,
                            run,
                            isStart ? "\"nominalTime\": {\"nominalStartTime\": \"2026-02-02T00:00:00Z\"}" : "");
        }
    }
}
