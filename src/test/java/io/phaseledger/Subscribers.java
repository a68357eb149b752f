package io.phaseledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Receivers of all that happens: one that fails now and then, one that is down for a while, one that never answers. */
final class Subscribers implements AutoCloseable {

    /** What lets a packaged service call them, and try again soon. */
    static final Map<String, String> ENVIRONMENT = Map.of(
            "PHASE_LEDGER_WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8",
            "PHASE_LEDGER_WEBHOOKS_ALLOW_PLAINTEXT", "true",
            "PHASE_LEDGER_SUBSCRIPTIONS_FIRST_BACKOFF", "100ms",
            "PHASE_LEDGER_SUBSCRIPTIONS_LONGEST_BACKOFF", "1s");

    private static final Logger LOG = Logger.getLogger(Subscribers.class);
    private static final Duration BOUND = Duration.ofMinutes(5);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int FAILURES = 50;
    private static final int ROWS_BETWEEN = 300;

    private final Receiver flaky = Receiver.start();
    private final Receiver changes = Receiver.start();
    private final Receiver stuck = Receiver.start().always(Receiver.hang());
    private final List<Receiver.Call> takenBeforeItWentDown = new ArrayList<>();
    private final int port;
    private volatile Receiver down;

    private enum Stage {
        UP,
        DOWN,
        UP_AGAIN
    }

    private Stage stage = Stage.UP;

    Subscribers(PackagedService service, RandomGenerator random) throws IOException, InterruptedException {
        down = Receiver.start();
        port = down.port();
        plan(random);
        subscribe(service, flaky, "\"completion\"");
        subscribe(service, down, "\"completion\"");
        subscribe(service, stuck, "\"completion\"");
        subscribe(service, changes, "\"readiness\"");
    }

    private void plan(RandomGenerator random) {
        for (int i = 0; i < FAILURES; i++) {
            for (int good = random.nextInt(ROWS_BETWEEN); good > 0; good--) {
                flaky.then(Receiver.status(204));
            }
            flaky.then(
                    switch (random.nextInt(3)) {
                        case 0 -> Receiver.drop();
                        case 1 -> Receiver.status(503);
                        default -> Receiver.status(429, Map.of("Retry-After", "0"), "");
                    });
        }
    }

    private static void subscribe(PackagedService service, Receiver receiver, String event)
            throws IOException, InterruptedException {
        String body = """
                {"url": "%s", "events": [%s], "deliver": "every"}""".formatted(receiver.url(), event);
        HttpResponse<String> made = CLIENT.send(
                HttpRequest.newBuilder(URI.create(service.url() + "/v1/subscriptions"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertEquals(201, made.statusCode(), made::body);
    }

    /** As more instances are killed, one of them goes down, its port closed, and comes back. */
    void whenKilled(int kills, int enough) {
        if (stage == Stage.UP) {
            down.close();
            takenBeforeItWentDown.addAll(down.taken());
            stage = Stage.DOWN;
        } else if (stage == Stage.DOWN && kills >= enough) {
            down = Receiver.start(port);
            stage = Stage.UP_AGAIN;
        }
    }

    /** Waits until all was told to those who take it. */
    void assertTold(List<Long> completions, List<Long> announced) {
        assertEquals(Stage.UP_AGAIN, stage);
        long began = System.nanoTime();
        await().atMost(BOUND).until(() -> positions(flaky.taken()).size() == completions.size());
        await().atMost(BOUND).until(() -> positions(calledWhenItWasUp()).size() == completions.size());
        await().atMost(BOUND).until(() -> positions(changes.taken()).size() == announced.size());
        assertWhole(flaky.taken(), completions);
        assertWhole(calledWhenItWasUp(), completions);
        assertWhole(changes.taken(), announced);
        assertEquals(1, stuck.calls().stream().map(Receiver.Call::id).distinct().count(), "nobody waited for it");
        assertTrue(stuck.taken().isEmpty());
        LOG.infof(
                "%d rows told in %d and %d calls, %d changes in %d; the last of them %s after the last was written",
                completions.size(),
                flaky.calls().size(),
                calledWhenItWasUp().size(),
                announced.size(),
                changes.taken().size(),
                Duration.ofNanos(System.nanoTime() - began));
    }

    private List<Receiver.Call> calledWhenItWasUp() {
        List<Receiver.Call> all = new ArrayList<>(takenBeforeItWentDown);
        all.addAll(down.taken());
        return all;
    }

    private static Set<Long> positions(List<Receiver.Call> calls) {
        return calls.stream().map(Receiver.Call::sequence).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** All, each at first after the one before it, and the one before it is the one that it names. */
    private static void assertWhole(List<Receiver.Call> calls, List<Long> positions) {
        assertEquals(positions, List.copyOf(positions(calls)));
        Map<String, Long> effects = new HashMap<>();
        Map<Long, Long> previous = new HashMap<>();
        for (Receiver.Call call : calls) {
            long sequence = call.sequence();
            assertEquals(sequence, effects.computeIfAbsent(call.id(), id -> sequence));
            Long before = call.previous();
            if (before != null) {
                assertEquals(before, previous.computeIfAbsent(sequence, position -> before));
            }
        }
        assertEquals(positions.size(), effects.size());
        for (int i = 1; i < positions.size(); i++) {
            assertEquals(positions.get(i - 1), previous.get(positions.get(i)));
        }
    }

    @Override
    public void close() {
        List.of(flaky, down, stuck, changes).forEach(Receiver::close);
    }
}
