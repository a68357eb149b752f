package io.phaseledger.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The units that wait to be committed, small ones apart from large ones, so that a report waits for one page of an import
 * at most, and never for all that are in front of it.
 *
 * <p>Filled by any thread, emptied by one.
 */
final class Waiting {

    private final BlockingQueue<Writer.Pending> small;
    private final BlockingQueue<Writer.Pending> large;
    private final Semaphore arrived = new Semaphore(0);
    private final int groupLimit;

    /**
     * @param queueLimit how many of each kind may wait
     * @param groupLimit how many rows of small ones are one group; a unit of more is a large one
     */
    Waiting(int queueLimit, int groupLimit) {
        this.small = new LinkedBlockingQueue<>(queueLimit);
        this.large = new LinkedBlockingQueue<>(queueLimit);
        this.groupLimit = groupLimit;
    }

    /** False if too many wait already. */
    boolean offer(Writer.Pending pending) {
        boolean taken = (pending.rows() > groupLimit ? large : small).offer(pending);
        if (taken) {
            arrived.release();
        }
        return taken;
    }

    /** Returns once something may have come, at the latest after so long. */
    void await(long millis) throws InterruptedException {
        if (arrived.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            arrived.drainPermits();
        }
    }

    /** The small ones that came first, together; empty if there are none. */
    List<Writer.Pending> nextSmall() {
        List<Writer.Pending> group = new ArrayList<>();
        int rows = 0;
        for (Writer.Pending next = small.peek(); next != null && fits(next, rows); next = small.peek()) {
            group.add(small.remove());
            rows += next.rows();
        }
        return group;
    }

    private boolean fits(Writer.Pending next, int rows) {
        return rows == 0 || rows + next.rows() <= groupLimit;
    }

    /** The large one that came first, by itself. */
    List<Writer.Pending> nextLarge() {
        Writer.@Nullable Pending next = large.poll();
        return next == null ? List.of() : List.of(next);
    }

    boolean isEmpty() {
        return small.isEmpty() && large.isEmpty();
    }
}
