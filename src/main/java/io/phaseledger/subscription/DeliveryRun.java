package io.phaseledger.subscription;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * The next calls of one subscription, one after another, until one fails.
 *
 * <p>No thread waits for an answer. What was taken is written down after a while and at the end.
 */
final class DeliveryRun {

    /** How long what was taken may be known here alone: that much is told again after a kill. */
    private static final Duration UNWRITTEN = Duration.ofMillis(250);

    private final Turn turn;
    private final Channels channels;
    private final Bookkeeper books;
    private final Executor workers;
    private final BooleanSupplier isStopping;
    private final List<Delivery> taken = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private long unwrittenSince;

    /**
     * @param workers on which the database is asked
     * @param isStopping whether to end after the call that is under way
     */
    DeliveryRun(Turn turn, Channels channels, Bookkeeper books, Executor workers, BooleanSupplier isStopping) {
        this.turn = turn;
        this.channels = channels;
        this.books = books;
        this.workers = workers;
        this.isStopping = isStopping;
    }

    /** Whether there may be more to do; fails as the database fails. */
    CompletionStage<Boolean> run() {
        return call(0);
    }

    private CompletionStage<Boolean> call(int index) {
        if (index == turn.deliveries().size() || isStopping.getAsBoolean()) {
            return written().thenApply(all -> !isStopping.getAsBoolean());
        }
        return channels.call(turn.target(), turn.messages().get(index)).thenCompose(attempt -> after(index, attempt));
    }

    private CompletionStage<Boolean> after(int index, Attempt attempt) {
        Delivery delivery = turn.deliveries().get(index);
        if (attempt.outcome() != Attempt.Outcome.DELIVERED) {
            return written()
                    .thenRunAsync(() -> books.failed(delivery, attempt), workers)
                    .thenApply(ended -> false);
        }
        note(delivery, attempt);
        return isToBeWritten()
                ? written().thenCompose(done -> call(index + 1))
                : CompletableFuture.completedFuture(null).thenCompose(done -> call(index + 1));
    }

    private void note(Delivery delivery, Attempt attempt) {
        if (taken.isEmpty()) {
            unwrittenSince = System.nanoTime();
        }
        taken.add(delivery);
        attempts.add(attempt);
    }

    private boolean isToBeWritten() {
        return System.nanoTime() - unwrittenSince > UNWRITTEN.toNanos();
    }

    private CompletionStage<?> written() {
        if (taken.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<Delivery> deliveries = List.copyOf(taken);
        List<Attempt> outcomes = List.copyOf(attempts);
        taken.clear();
        attempts.clear();
        return CompletableFuture.runAsync(() -> books.taken(deliveries, outcomes), workers);
    }

    /**
     * What there is to do.
     *
     * @param messages of the deliveries, in their order
     */
    record Turn(Target target, List<Delivery> deliveries, List<Message> messages) {}

    /** Writes down what became of calls. */
    interface Bookkeeper {

        void taken(List<Delivery> deliveries, List<Attempt> attempts);

        void failed(Delivery delivery, Attempt attempt);
    }
}
