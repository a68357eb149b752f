package io.phaseledger.ledger;

import io.phaseledger.database.DatabaseAway;
import io.phaseledger.database.Pulse;
import io.phaseledger.database.Unavailable;
import io.phaseledger.http.Problem;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The queue in front of the append lock, and the one thread that empties it.
 *
 * <p>Every commit takes all that came in during the one before. So a quiet ledger commits each report by itself, at
 * once, and a busy one hundreds together; no one sets a delay. What brings thousands of rows at a time takes turns with
 * what brings a few.
 */
@ApplicationScoped
class Writer {

    private static final long POLL_MILLIS = 200;

    /** The most submissions that one request may bring, or that one commit of an import takes. */
    static final int MAX_SUBMISSIONS = 10_000;

    /** How long the end of the process waits for what was taken; far more than a commit needs. */
    private static final Duration STOP_BOUND = Duration.ofSeconds(10);

    private final Appending appending;
    private final Pulse pulse;
    private final LedgerConfig config;
    private final BlockingQueue<Pending> small;
    private final BlockingQueue<Pending> large;
    private final Semaphore arrived = new Semaphore(0);

    /** By the id of the first row that is submitted. */
    private final Map<UUID, CompletableFuture<List<Receipt>>> unanswered = new ConcurrentHashMap<>();

    private @Nullable Thread thread;
    private volatile boolean stopping;

    Writer(Appending appending, Pulse pulse, LedgerConfig config) {
        this.appending = appending;
        this.pulse = pulse;
        this.config = config;
        this.small = new LinkedBlockingQueue<>(config.queueLimit());
        this.large = new LinkedBlockingQueue<>(config.queueLimit());
    }

    void start(@Observes StartupEvent event) {
        Thread started = new Thread(this::run, "ledger-writer");
        started.setDaemon(true);
        started.start();
        thread = started;
    }

    /** Takes nothing more and commits what it took. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        if (thread != null) {
            thread.join(STOP_BOUND.toMillis());
        }
    }

    /** What becomes of one, after it is durable; a 503 {@link Problem} when that cannot be said. */
    CompletionStage<Receipt> submit(Submission submission) {
        return submit(List.of(submission), false).thenApply(receipts -> receipts.get(0));
    }

    /**
     * The same for those that came in one request or are one page of an import, a receipt for each.
     *
     * @param allOrNone whether none becomes a row unless all are in the ledger afterwards
     */
    CompletionStage<List<Receipt>> submit(List<Submission> submissions, boolean allOrNone) {
        pulse.check();
        CompletableFuture<List<Receipt>> receipts = new CompletableFuture<>();
        if (submissions.isEmpty()) {
            receipts.complete(List.of());
            return receipts;
        }
        BlockingQueue<Pending> queue = submissions.size() > config.commitLimit() ? large : small;
        if (stopping || !queue.offer(new Pending(submissions, allOrNone, receipts))) {
            throw Problem.of(503, "overloaded", "too many reports are waiting to be committed; send it again")
                    .retryAfter(Duration.ofSeconds(1));
        }
        arrived.release();
        UUID id = submissions.get(0).row().id;
        unanswered.put(id, receipts);
        Duration longest = submissions.size() == 1 ? config.commitTimeout() : config.bulkTimeout();
        return receipts.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> unanswered.remove(id));
    }

    /** No caller waits for a commit until the database is back; it may still be made then, or have been. */
    void giveUp(@Observes DatabaseAway event) {
        unanswered.values().forEach(each -> each.completeExceptionally(Unavailable.problem()));
    }

    /** The same, waited for. */
    List<Receipt> receipts(List<Submission> submissions, boolean allOrNone) {
        return await(submit(submissions, allOrNone));
    }

    /** What was submitted before, waited for. */
    static <T> T await(CompletionStage<T> receipts) {
        try {
            return receipts.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Problem problem ? problem : e;
        }
    }

    private void run() {
        while (!stopping || hasMore()) {
            try {
                if (arrived.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    arrived.drainPermits();
                }
            } catch (InterruptedException e) {
                stopping = true;
            }
            commitAll();
        }
    }

    private boolean hasMore() {
        return !small.isEmpty() || !large.isEmpty();
    }

    /** In turns: a report waits for one page of an import at most, never for all that are in front of it. */
    private void commitAll() {
        while (hasMore()) {
            List<Pending> group = nextSmall();
            if (!group.isEmpty()) {
                appending.append(group);
            }
            Pending page = large.poll();
            if (page != null) {
                appending.append(List.of(page));
            }
        }
    }

    /** Those that came first, together. */
    private List<Pending> nextSmall() {
        List<Pending> group = new ArrayList<>();
        int rows = 0;
        for (Pending next = small.peek(); next != null && fits(next, rows); next = small.peek()) {
            group.add(small.remove());
            rows += next.submissions().size();
        }
        return group;
    }

    private boolean fits(Pending next, int rows) {
        return rows + next.submissions().size() <= config.commitLimit();
    }

    /**
     * Submissions that are committed together.
     *
     * @param receipts that the caller waits for
     */
    record Pending(List<Submission> submissions, boolean allOrNone, CompletableFuture<List<Receipt>> receipts) {}
}
