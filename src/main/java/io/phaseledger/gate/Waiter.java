package io.phaseledger.gate;

import io.phaseledger.ledger.Positions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A caller that waits, with neither a thread nor a connection to the database. */
final class Waiter {

    private final Reply reply;
    private final @Nullable Long atLeast;
    private final Who who;
    private final Runnable atEnd;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Future<?> deadline;
    private volatile boolean due;
    private volatile boolean looked;

    /** @param atEnd what is to be done as soon as it waits no more, however that came about */
    Waiter(Reply reply, @Nullable Long atLeast, Who who, Runnable atEnd) {
        this.reply = reply;
        this.atLeast = atLeast;
        this.who = who;
        this.atEnd = atEnd;
    }

    Who who() {
        return who;
    }

    Duration longest() {
        return reply.preference().longest();
    }

    CompletableFuture<Answer> answer() {
        return answer;
    }

    void until(Future<?> end) {
        deadline = end;
    }

    /** From now on any answer will do. */
    void isDue() {
        due = true;
    }

    /**
     * Takes an answer that was looked for after it began to wait.
     *
     * @return whether it waits no more
     */
    boolean take(Answer found) {
        looked = true;
        try {
            Positions.checkKnown("at_least", atLeast, found.snapshot().position());
        } catch (RuntimeException e) {
            return fail(e);
        }
        return (due || reply.isWhatIsWaitedFor(found)) && end(() -> answer.complete(found));
    }

    /**
     * Takes it that there is no answer at the moment.
     *
     * @return whether it waits no more: it never had one, or has waited long enough
     */
    boolean takeFailure(Throwable cause) {
        return (due || !looked) && fail(cause);
    }

    boolean fail(Throwable cause) {
        return end(() -> answer.completeExceptionally(cause));
    }

    /**
     * Ends it without an answer, for a caller that hung up.
     *
     * @return whether it was waiting
     */
    boolean leave() {
        return end(() -> {});
    }

    private boolean end(Runnable telling) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        Future<?> end = deadline;
        if (end != null) {
            end.cancel(false);
        }
        atEnd.run();
        telling.run();
        return true;
    }

    /**
     * A caller that waits.
     *
     * @param consumer the processor that it says it is
     * @param principal that it was let in as
     * @param since by this machine's clock
     */
    record Who(@Nullable String consumer, String principal, Instant since) {}
}
