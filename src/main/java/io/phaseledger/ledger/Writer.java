package io.phaseledger.ledger;

import io.phaseledger.database.DatabaseAway;
import io.phaseledger.database.Pulse;
import io.phaseledger.http.Problem;
import io.phaseledger.http.Unavailable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The queue in front of the append lock, and the one thread that empties it.
 *
 * <p>Every commit takes all that came in during the one before. So a quiet ledger commits each report by itself, at
 * once, and a busy one hundreds together; nobody sets a delay. What brings thousands of rows at a time takes turns with
 * what brings a few.
 */
@ApplicationScoped
class Writer {

    private static final long POLL_MILLIS = 200;

    /** How long the end of the process waits for what was taken; far more than a commit needs. */
    private static final Duration STOP_BOUND = Duration.ofSeconds(10);

    private final Appending appending;
    private final Pulse pulse;
    private final LedgerConfig config;
    private final Waiting waiting;
    private final AtomicLong submitted = new AtomicLong();
    private final Map<Long, Pending> unanswered = new ConcurrentHashMap<>();
    private @Nullable Thread thread;
    private volatile boolean stopping;

    Writer(Appending appending, Pulse pulse, LedgerConfig config) {
        this.appending = appending;
        this.pulse = pulse;
        this.config = config;
        this.waiting = new Waiting(config.queueLimit(), config.commitLimit());
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

    /** One receipt per submission, after they are durable; a 503 {@link Problem} when that cannot be said. */
    CompletionStage<List<Receipt>> submit(Unit unit) {
        pulse.check();
        Pending pending = new Pending(unit, new CompletableFuture<>());
        if (stopping || !waiting.offer(pending)) {
            throw Problem.of(503, "overloaded", "too many reports are waiting to be committed; send it again")
                    .retryAfter(Duration.ofSeconds(1));
        }
        long number = submitted.incrementAndGet();
        unanswered.put(number, pending);
        Duration longest = pending.rows() == 1 ? config.commitTimeout() : config.bulkTimeout();
        return pending.receipts()
                .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((receipts, failure) -> unanswered.remove(number));
    }

    /** Nobody waits for a commit that may take until the database is back; it may still be made then, or have been. */
    void giveUp(@Observes DatabaseAway event) {
        unanswered.values().forEach(each -> each.receipts().completeExceptionally(Unavailable.problem()));
    }

    /** The same, waited for. */
    List<Receipt> receipts(Unit unit) {
        return await(submit(unit));
    }

    /** What was submitted before, waited for. */
    static List<Receipt> await(CompletionStage<List<Receipt>> receipts) {
        try {
            return receipts.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Problem problem ? problem : e;
        }
    }

    private void run() {
        while (!stopping || !waiting.isEmpty()) {
            try {
                waiting.await(POLL_MILLIS);
            } catch (InterruptedException e) {
                stopping = true;
            }
            commitAll();
        }
    }

    /** In turns: large ones do not keep small ones waiting, nor the other way round. */
    private void commitAll() {
        while (!waiting.isEmpty()) {
            commit(waiting.nextSmall());
            commit(waiting.nextLarge());
        }
    }

    private void commit(List<Pending> group) {
        if (!group.isEmpty()) {
            appending.append(group);
        }
    }

    /** A unit and who waits for it. */
    record Pending(Unit unit, CompletableFuture<List<Receipt>> receipts) {

        int rows() {
            return unit.submissions().size();
        }
    }
}
