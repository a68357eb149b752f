package io.phaseledger.ledger;

import io.phaseledger.http.Problem;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The queue in front of the append lock, and the one thread that empties it.
 *
 * <p>Every commit takes all that came in during the one before. So a quiet ledger commits each report by itself, at
 * once, and a busy one hundreds together; nobody sets a delay.
 */
@ApplicationScoped
class Writer {

    private static final long POLL_MILLIS = 200;

    private final Appending appending;
    private final LedgerConfig config;
    private final BlockingQueue<Pending> queue;
    private @Nullable Thread thread;
    private volatile boolean stopping;

    Writer(Appending appending, LedgerConfig config) {
        this.appending = appending;
        this.config = config;
        this.queue = new LinkedBlockingQueue<>(config.queueLimit());
    }

    void start(@Observes StartupEvent event) {
        Thread started = new Thread(this::run, "ledger-writer");
        started.start();
        thread = started;
    }

    /** Takes nothing more and commits what it took. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        if (thread != null) {
            thread.join();
        }
    }

    /** One receipt per submission, after they are durable; a 503 {@link Problem} when that cannot be said. */
    CompletionStage<List<Receipt>> submit(Unit unit) {
        Pending pending = new Pending(unit, new CompletableFuture<>());
        if (stopping || !queue.offer(pending)) {
            throw Problem.of(503, "overloaded", "too many reports are waiting to be committed; send it again")
                    .retryAfter(Duration.ofSeconds(1));
        }
        Duration longest = unit.submissions().size() == 1 ? config.commitTimeout() : config.bulkTimeout();
        return pending.receipts().orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS);
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
        while (!stopping || !queue.isEmpty()) {
            List<Pending> group = next();
            if (!group.isEmpty()) {
                appending.append(group);
            }
        }
    }

    private List<Pending> next() {
        List<Pending> group = new ArrayList<>();
        try {
            Pending pending = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            int rows = 0;
            while (pending != null) {
                group.add(pending);
                rows += pending.unit().submissions().size();
                pending = rows < config.commitLimit() ? queue.poll() : null;
            }
        } catch (InterruptedException e) {
            stopping = true;
        }
        return group;
    }

    /** A unit and who waits for it. */
    record Pending(Unit unit, CompletableFuture<List<Receipt>> receipts) {}
}
