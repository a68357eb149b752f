package io.phaseledger.gate;

import io.phaseledger.http.Problem;
import io.phaseledger.readiness.EvidenceKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * All who want the answer to one inquiry: it is looked for once for all of them.
 *
 * <p>A caller that asks for a look while one is under way gets another one after it, so each look that was asked for begins
 * later than it was asked for.
 */
final class WaitGroup {

    private static final int SERVER_ERROR = 500;

    /** How soon to look again when the ledger could not be asked. */
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Inquiry inquiry;
    private final Lookout lookout;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final AtomicInteger wanted = new AtomicInteger();
    private volatile boolean urgent;
    private volatile Set<EvidenceKey> cells = Set.of();
    private volatile @Nullable Answer last;
    private @Nullable Future<?> turn;

    WaitGroup(Inquiry inquiry, Lookout lookout) {
        this.inquiry = inquiry;
        this.lookout = lookout;
    }

    Inquiry inquiry() {
        return inquiry;
    }

    Collection<Waiter> waiters() {
        return waiters;
    }

    /** The answer as it was last looked for; null before the first. */
    @Nullable
    Answer last() {
        return last;
    }

    void add(Waiter waiter) {
        waiters.add(waiter);
    }

    /** A caller that has gone. */
    void remove(Waiter waiter) {
        if (waiters.remove(waiter) && waiters.isEmpty()) {
            wantLook();
        }
    }

    /** Something happened that may have changed the answer. */
    void wantLook() {
        wantLook(true);
    }

    /** A caller has come and wants to know the answer. */
    void wantFirstLook() {
        wantLook(false);
    }

    private void wantLook(boolean isUrgent) {
        if (isUrgent) {
            urgent = true;
        }
        if (wanted.getAndIncrement() == 0) {
            lookout.execute(this::lookOnce, !isUrgent);
        }
    }

    /** Others come between this look and the next, or a question that is asked without end would leave them none. */
    private void lookOnce() {
        int seen = wanted.get();
        urgent = false;
        look();
        if (wanted.addAndGet(-seen) != 0) {
            lookout.execute(this::lookOnce, !urgent);
        }
    }

    /** Only those who wait already when it begins are told: for the others it may be too old. */
    private void look() {
        List<Waiter> present = List.copyOf(waiters);
        if (!present.isEmpty()) {
            try {
                found(lookout.look(inquiry), present);
            } catch (RuntimeException e) {
                failed(e, present);
            }
        }
        if (lookout.isOver(this)) {
            cells = lookout.heed(this, cells, Set.of());
            cancelTurn();
        }
    }

    /**
     * Those who wait on are woken by what is heeded; and if something came between the look and that, it is looked again.
     * For those who came during the look there is another one in any case.
     */
    private void found(Answer answer, List<Waiter> present) {
        boolean anyGoesOn = false;
        for (Waiter waiter : present) {
            if (waiter.take(answer)) {
                waiters.remove(waiter);
            } else {
                anyGoesOn = true;
            }
        }
        last = answer;
        cancelTurn();
        if (!anyGoesOn) {
            return;
        }
        boolean isNew = !cells.equals(answer.cells());
        cells = lookout.heed(this, cells, answer.cells());
        turn = answer.nextTurn(inquiry.gameDate() == null)
                .map(at -> Duration.between(answer.snapshot().evaluatedAt(), at))
                .map(in -> lookout.schedule(this::wantLook, in))
                .orElse(null);
        if (isNew && lookout.isBehind(answer)) {
            wantLook();
        }
    }

    /** What can never be answered is told to all; what cannot be answered now is asked again. */
    private void failed(RuntimeException cause, List<Waiter> present) {
        boolean isFinal = cause instanceof Problem problem && problem.status() < SERVER_ERROR;
        present.stream()
                .filter(waiter -> isFinal ? waiter.fail(cause) : waiter.takeFailure(cause))
                .forEach(waiters::remove);
        cancelTurn();
        turn = lookout.schedule(this::wantLook, RETRY);
    }

    private void cancelTurn() {
        Future<?> before = turn;
        turn = null;
        if (before != null) {
            before.cancel(false);
        }
    }

    /** What a group needs of those who keep it. */
    interface Lookout {

        /** Looks as soon as there is room; where a caller has only just come, after the others. */
        void execute(Runnable looking, boolean isFirst);

        Answer look(Inquiry inquiry);

        /** Wants to hear of rows in these cells, and no more of those. */
        Set<EvidenceKey> heed(WaitGroup group, Set<EvidenceKey> before, Set<EvidenceKey> now);

        /** Whether the ledger has moved on since the look. */
        boolean isBehind(Answer answer);

        Future<?> schedule(Runnable action, Duration in);

        /** Whether no caller waits in it, and none will any more. */
        boolean isOver(WaitGroup group);
    }
}
