package io.phaseledger.receipt;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/** Gives receipts: one for each consumer, policy, date and answer, however often and on however many instances it asks. */
@ApplicationScoped
public class Receipts {

    private static final Logger LOG = Logger.getLogger(Receipts.class);

    /** Receipts that are remembered; one that is forgotten costs a statement again, and no row. */
    private static final int REMEMBERED = 10_000;

    /** As many connections to the database receipts may take from the questions themselves. */
    private static final int WRITERS = 2;

    /** How much later an answer may come for the sake of its receipt. */
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);

    private final AsyncCache<GivenAnswer.Key, UUID> remembered;
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS, action -> {
        Thread thread = new Thread(action, "receipts");
        thread.setDaemon(true);
        return thread;
    });
    private final ReceiptTable table;
    private final Counter notStored;

    Receipts(ReceiptTable table, MeterRegistry registry) {
        this.table = table;
        this.remembered = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .executor(Runnable::run)
                .buildAsync();
        this.notStored = Counter.builder("phase_ledger.receipts.not_stored")
                .description("Answers that were given without the receipt that was asked for")
                .register(registry);
    }

    void stop(@Observes ShutdownEvent event) {
        writers.shutdown();
    }

    /** The id of the receipt for an answer, stored by then; empty where it could not be stored in time. */
    public Uni<Optional<UUID>> receiptFor(GivenAnswer answer) {
        return Uni.createFrom()
                .completionStage(() -> stored(answer))
                .ifNoItem()
                .after(LONGEST_DELAY)
                .fail()
                .map(Optional::of)
                .onFailure()
                .invoke(cause -> missed(answer, cause))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    /** A copy, because what waits for it may give up, and others may wait for the same. */
    private CompletableFuture<UUID> stored(GivenAnswer answer) {
        return remembered
                .get(answer.key(), (key, executor) -> CompletableFuture.supplyAsync(() -> table.store(answer), writers))
                .copy();
    }

    private void missed(GivenAnswer answer, Throwable cause) {
        notStored.increment();
        LOG.warnf(
                "No receipt could be stored for %s about %s for %s: %s",
                answer.key().consumer(), answer.key().policy(), answer.key().gameDate(), cause);
    }
}
