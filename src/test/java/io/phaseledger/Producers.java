package io.phaseledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Threads that send one report after another, each until it is acknowledged, until they are stopped. */
final class Producers implements AutoCloseable {

    private static final int THREADS = 8;
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration PAUSE_BEFORE_RETRY = Duration.ofMillis(50);

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final AtomicInteger executions = new AtomicInteger();
    private final Set<String> recorded = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<Long> acknowledgedAt = new ConcurrentLinkedQueue<>();
    private final Reports reports;
    private volatile boolean stopped;

    private Producers(Reports reports) {
        this.reports = reports;
    }

    static Producers startOn(PackagedService service) {
        Producers producers = new Producers(new Reports(service.url()));
        for (int i = 0; i < THREADS; i++) {
            producers.threads.execute(producers::run);
        }
        return producers;
    }

    private void run() {
        while (!stopped) {
            sendUntilAcknowledged("execution-" + executions.incrementAndGet());
        }
    }

    private void sendUntilAcknowledged(String execution) {
        while (!stopped) {
            long began = System.nanoTime();
            int status = reports.send(execution);
            long ended = System.nanoTime();
            answers.merge(status, 1, Integer::sum);
            if (status == Callers.UNAVAILABLE) {
                refusals.add(new Refusal(began, ended));
            }
            if (status == Reports.RECORDED || status == Reports.ALREADY_RECORDED) {
                recorded.add(execution);
                acknowledgedAt.add(ended);
                return;
            }
            LockSupport.parkNanos(PAUSE_BEFORE_RETRY.toNanos());
        }
    }

    void awaitRecorded(int more) {
        int enough = recorded.size() + more;
        await().atMost(BOUND).until(() -> recorded.size() >= enough);
    }

    /** Waits for the answers that are outstanding; returns the executions that were acknowledged. */
    Set<String> stop() throws InterruptedException {
        close();
        assertTrue(threads.awaitTermination(BOUND.toSeconds(), TimeUnit.SECONDS), "they do not stop");
        return Set.copyOf(recorded);
    }

    /** How often each status was answered. */
    Map<Integer, Integer> answers() {
        return Map.copyOf(answers);
    }

    /** How long the 503 took that took longest, counted from a moment for what was sent before it. */
    Duration slowestRefusal(long since) {
        return Duration.ofNanos(refusals.stream()
                .mapToLong(each -> each.ended() - Math.max(each.began(), since))
                .max()
                .orElse(0));
    }

    private record Refusal(long began, long ended) {}

    /** How long after a moment the first report was acknowledged. */
    Duration goodAgain(long since) {
        return Duration.ofNanos(acknowledgedAt.stream()
                        .mapToLong(each -> each)
                        .filter(each -> each >= since)
                        .min()
                        .orElseThrow()
                - since);
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
    }
}
