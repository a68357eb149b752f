package io.phaseledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.embedded.OwnPostgres;
import io.phaseledger.stream.Listener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two instances of the packaged jar on one PostgreSQL: who follows the ledger misses nothing, whatever dies. */
@Tag("proof")
class FollowIT {

    private static final Logger LOG = Logger.getLogger(FollowIT.class);

    private static final Duration BOUND = Duration.ofMinutes(2);

    /** A second is promised; another is left to a machine that does much else meanwhile. */
    private static final Duration BY_POLLING = Duration.ofSeconds(2);

    /** Each instance has one connection on which it listens. */
    private static final String CUT = """
            SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity
            WHERE application_name = 'phase-ledger-feed'""";

    private static final int ROWS = Integer.getInteger("follow.rows", 5_000);
    private static final int BATCH = 50;
    private static final int SENDERS = 3;
    private static final int LEAST_KILLS = 4;
    private static final int MOST_BATCHES_BETWEEN = 12;
    private static final long SEED = Long.getLong("follow.seed", System.nanoTime());
    private static final int OK = 200;

    /** Which of the two at once. */
    private static final List<List<Integer>> KILLED = List.of(List.of(0), List.of(1), List.of(0, 1));

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private static final String ROW = """
            {"phase":"phase4","game_date":"2031-02-%02d","processor_name":"%s","status":"%s",\
            "record_count":123,"execution_id":"run-%d"}
            """;

    /** What the policy phase4 needs, so that its verdicts change all the time. */
    private static final List<String> PROCESSORS = List.of("player_daily_cache", "player_composite_factors");

    private static final String CHAIN_OF_CHANGES = """
            SELECT policy || ' ' || game_date || ' at ' || position
            FROM (SELECT *, lag(to_state) OVER (PARTITION BY policy, game_date ORDER BY position) AS before
                  FROM nba_orchestration.readiness_changes) change
            WHERE before <> from_state""";

    private static final String TOLD =
            "SELECT position::text FROM nba_orchestration.phase_completions c WHERE position > %s ORDER BY c.position";

    private static final String CHANGES =
            "SELECT position::text FROM nba_orchestration.readiness_changes c ORDER BY c.position";

    private static final String ABOUT_IT = """
            SELECT position::text FROM (
                SELECT position FROM nba_orchestration.phase_completions WHERE game_date = '2031-03-02'
                UNION ALL SELECT position FROM nba_orchestration.readiness_changes WHERE game_date = '2031-03-02'
            ) entry ORDER BY entry.position""";

    private static final String CURSOR =
            "SELECT position::text FROM nba_orchestration.feed_cursors WHERE sink = 'readiness'";

    private static final String HEAD = "SELECT position::text FROM nba_orchestration.ledger_head";

    private static PackagedService instanceOn(OwnPostgres postgres) {
        Map<String, String> environment = new HashMap<>(Subscribers.ENVIRONMENT);
        environment.putAll(PackagedService.environmentOf(postgres.logins()));
        environment.putAll(Map.of("QUARKUS_FLYWAY_CONNECT_RETRIES", "6", "QUARKUS_LOG_LEVEL", "WARN"));
        return PackagedService.start(environment);
    }

    private static CompletableFuture<HttpResponse<String>> ask(PackagedService service, String path) {
        return CLIENT.sendAsync(
                HttpRequest.newBuilder(URI.create(service.url() + path)).build(), BodyHandlers.ofString());
    }

    private static int post(PackagedService service, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static void complete(PackagedService service, String processor, String date)
            throws IOException, InterruptedException {
        assertEquals(201, post(service, "/v1/completions", "application/json", """
                        {"phase": "phase4", "game_date": "%s", "processor_name": "%s", "status": "success",
                         "record_count": 123}""".formatted(date, processor)));
    }

    private static void completePhase4(PackagedService service, String date) throws IOException, InterruptedException {
        complete(service, "player_daily_cache", date);
        complete(service, "player_composite_factors", date);
    }

    private static int waiting(PackagedService service) throws Exception {
        String body = ask(service, "/v1/waiters").get().body();
        return Integer.parseInt(body.replaceAll("\\{\"count\":(\\d+).*", "$1"));
    }

    private static void awaitWaiting(PackagedService service, int count) {
        await().atMost(BOUND).until(() -> waiting(service) == count);
    }

    @Test
    void what_is_posted_to_one_wakes_those_who_wait_on_the_other() throws Exception {
        try (OwnPostgres postgres = OwnPostgres.start();
                PackagedService one = instanceOn(postgres);
                PackagedService other = instanceOn(postgres)) {
            one.waitUntilReady();
            other.waitUntilReady();
            var here = ask(one, "/v1/readiness/phase4/2031-03-01?wait=300s");
            var there = ask(other, "/v1/readiness/phase4/2031-03-01?wait=300s");
            awaitWaiting(one, 1);
            awaitWaiting(other, 1);
            completePhase4(one, "2031-03-01");
            assertTrue(here.get(1, TimeUnit.MINUTES).body().contains("\"state\":\"ready\""));
            assertTrue(there.get(1, TimeUnit.MINUTES).body().contains("\"state\":\"ready\""));

            WrittenLedger ledger = new WrittenLedger(postgres.logins().service());
            withoutNotifications(postgres, ledger, one, other);
            notifications(postgres, "ENABLE");
            whoWaitsIsAnsweredAtTheEnd(one);
            ledger.assertWhole();
        }
    }

    /** The connections that listen are cut, and what they would have been told is not sent. */
    private static void withoutNotifications(
            OwnPostgres postgres, WrittenLedger ledger, PackagedService one, PackagedService other) throws Exception {
        try (Listener listener = Listener.to(other.url() + "/v1/events?game_date=2031-03-02", "")) {
            var waiting = ask(other, "/v1/readiness/phase4/2031-03-02?wait=300s");
            awaitWaiting(other, 1);
            notifications(postgres, "DISABLE");
            assertEquals(List.of("true", "true"), ledger.ask(CUT));
            completePhase4(one, "2031-03-02");
            long committed = System.nanoTime();
            assertTrue(waiting.get(1, TimeUnit.MINUTES).body().contains("\"state\":\"ready\""));
            await().atMost(BOUND)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> listener.events().size() >= 3 && ids(listener).equals(ledger.ask(ABOUT_IT)));
            Duration took = Duration.ofNanos(System.nanoTime() - committed);
            LOG.infof("without notifications: answered and told, the change of readiness included, after %s", took);
            assertTrue(took.compareTo(BY_POLLING) < 0, took::toString);
        }
    }

    private static void notifications(OwnPostgres postgres, String change) {
        for (String table : List.of("phase_completions", "policy_versions", "slates", "readiness_changes")) {
            postgres.runIn(
                    "phase_ledger", "ALTER TABLE nba_orchestration." + table + " " + change + " TRIGGER feed_notified");
        }
    }

    private static List<String> ids(Listener listener) {
        return listener.events().stream().map(Listener.Event::id).toList();
    }

    private static void whoWaitsIsAnsweredAtTheEnd(PackagedService service) throws Exception {
        var waiting = ask(service, "/v1/readiness/phase4/2031-03-03?wait=300s");
        awaitWaiting(service, 1);
        try (Listener listener = Listener.to(service.url() + "/v1/events", "")) {
            long began = System.nanoTime();
            service.terminate();
            LOG.infof("ended with a waiter and a stream after %s", Duration.ofNanos(System.nanoTime() - began));
            HttpResponse<String> answer = waiting.get(1, TimeUnit.MINUTES);
            assertEquals(OK, answer.statusCode());
            assertTrue(answer.body().contains("\"state\":\"not_ready\""), answer::body);
            await().atMost(BOUND).until(listener::isEnded);
        }
    }

    @Test
    void everything_is_told_once_and_in_order_while_instances_are_killed() throws Exception {
        LOG.infof("killed as the seed %d has it", SEED);
        Random random = new Random(SEED);
        try (OwnPostgres postgres = OwnPostgres.start();
                Pair pair = new Pair(postgres);
                Subscribers subscribers = new Subscribers(pair.get(0), random)) {
            WrittenLedger ledger = new WrittenLedger(postgres.logins().service());
            String begin = ledger.ask(HEAD).get(0);
            List<Long> cursors = new ArrayList<>();
            AtomicBoolean sent = new AtomicBoolean();
            AtomicInteger acknowledged = new AtomicInteger();
            Following following = new Following(pair, begin);
            CompletableFuture<Void> sending =
                    sendAll(pair, acknowledged).whenComplete((nothing, failure) -> sent.set(true));
            while (!sent.get() || pair.kills() < LEAST_KILLS) {
                int enough = acknowledged.get() + random.nextInt(MOST_BATCHES_BETWEEN);
                await().atMost(BOUND)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> sent.get() || acknowledged.get() >= enough);
                pair.kill(KILLED.get(random.nextInt(KILLED.size())));
                subscribers.whenKilled(pair.kills(), LEAST_KILLS);
                cursors.add(Long.parseLong(ledger.ask(CURSOR).get(0)));
            }
            sending.get();
            List<String> written = ledger.ask(TOLD.formatted(begin));
            assertEquals(ROWS, written.size());
            await().atMost(BOUND).until(() -> following.ids().size() >= written.size());
            assertEquals(written, following.ids());
            LOG.infof(
                    "%d rows told once each and in order, over %d connections; %d instances were killed",
                    written.size(), following.connections(), pair.kills());
            await().atMost(BOUND).until(() -> ledger.ask(CURSOR).equals(ledger.ask(HEAD)));
            assertEquals(cursors.stream().sorted().toList(), cursors);
            assertEquals(List.of(), ledger.ask(CHAIN_OF_CHANGES));
            List<Long> changes = longs(ledger.ask(CHANGES));
            assertFalse(changes.isEmpty());
            subscribers.assertTold(longs(written), changes);
            ledger.assertWhole();
            following.close();
        }
    }

    private static List<Long> longs(List<String> positions) {
        return positions.stream().map(Long::valueOf).toList();
    }

    /** Each batch is sent to whichever instance is there, until it is acknowledged. */
    private static CompletableFuture<Void> sendAll(Pair pair, AtomicInteger acknowledged) {
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        AtomicInteger next = new AtomicInteger();
        List<CompletableFuture<Void>> senders = IntStream.range(0, SENDERS)
                .mapToObj(sender -> CompletableFuture.runAsync(
                        () -> {
                            for (int batch = next.getAndIncrement();
                                    batch < ROWS / BATCH;
                                    batch = next.getAndIncrement()) {
                                send(pair, batch, sender);
                                acknowledged.incrementAndGet();
                            }
                        },
                        threads))
                .toList();
        threads.shutdown();
        return CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new));
    }

    private static void send(Pair pair, int batch, int sender) {
        String rows = IntStream.range(batch * BATCH, (batch + 1) * BATCH)
                .mapToObj(row -> ROW.formatted(
                        1 + row / 100 % 28, PROCESSORS.get(row % 2), row % 3 == 0 ? "success" : "failed", row))
                .collect(Collectors.joining());
        for (int attempt = 0; ; attempt++) {
            try {
                int status = post(
                        pair.get(sender + attempt), "/v1/completions/batch?atomic=true", "application/x-ndjson", rows);
                if (status == 201) {
                    return;
                }
            } catch (IOException gone) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Two instances, and those that take their places. */
    private static final class Pair implements AutoCloseable {

        private final OwnPostgres postgres;
        private final PackagedService[] services = new PackagedService[2];
        private volatile int kills;

        Pair(OwnPostgres postgres) {
            this.postgres = postgres;
            for (int i = 0; i < services.length; i++) {
                services[i] = instanceOn(postgres);
                services[i].waitUntilReady();
            }
        }

        synchronized PackagedService get(int number) {
            return services[number % services.length];
        }

        int kills() {
            return kills;
        }

        /** Returns when the next ones are there. */
        void kill(List<Integer> which) {
            which.forEach(number -> get(number).kill9());
            for (int number : which) {
                PackagedService next = instanceOn(postgres);
                next.waitUntilReady();
                replace(number, next);
            }
        }

        private synchronized void replace(int which, PackagedService next) {
            services[which].close();
            services[which] = next;
            kills = kills + 1;
        }

        @Override
        public void close() {
            for (PackagedService service : services) {
                service.close();
            }
        }
    }

    /** A client that listens on, wherever it finds somebody. */
    private static final class Following {

        private final Pair pair;
        private final List<String> told = new ArrayList<>();
        private String lastId;
        private Listener listener;
        private int connections;
        private volatile boolean closed;

        Following(Pair pair, String begin) throws IOException, InterruptedException {
            this.pair = pair;
            this.lastId = begin;
            connect(0);
            Thread thread = new Thread(this::goOn, "following");
            thread.setDaemon(true);
            thread.start();
        }

        private synchronized void connect(int number) throws IOException, InterruptedException {
            listener = Listener.to(pair.get(number).url() + "/v1/events?type=completion", lastId);
            connections++;
        }

        private void goOn() {
            for (int attempt = 1; !closed; attempt++) {
                if (current().isEnded()) {
                    keep();
                    try {
                        connect(attempt);
                    } catch (IOException gone) {
                        LOG.debugf("nobody there: %s", gone);
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }

        private synchronized Listener current() {
            return listener;
        }

        private synchronized void keep() {
            if (!listener.lastId().equals(lastId)) {
                lastId = listener.lastId();
            }
            told.addAll(listener.events().stream().map(Listener.Event::id).toList());
            listener.clear();
        }

        synchronized List<String> ids() {
            List<String> ids = new ArrayList<>(told);
            ids.addAll(listener.events().stream().map(Listener.Event::id).toList());
            return ids;
        }

        synchronized int connections() {
            return connections;
        }

        void close() throws IOException {
            closed = true;
            current().close();
            assertEquals(ids().size(), new HashSet<>(ids()).size());
        }
    }
}
