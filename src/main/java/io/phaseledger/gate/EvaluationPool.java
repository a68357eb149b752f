package io.phaseledger.gate;

import java.util.Comparator;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that evaluate what is asked. Where something happened they look before they do where a caller has only
 * just come, so that a crowd which comes at once delays no caller that is to be woken.
 */
final class EvaluationPool {

    private final AtomicLong order = new AtomicLong();
    private final ThreadPoolExecutor threads;

    /** @param count how many look at once, at least 1 */
    EvaluationPool(int count, ThreadFactory made) {
        this.threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                made,
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Looks as soon as one is free; never any more after {@link #stop}. */
    void execute(Runnable looking, boolean isFirst) {
        threads.execute(new Look(isFirst, order.getAndIncrement(), looking));
    }

    /** Looks that no thread is about yet. */
    int queued() {
        return threads.getQueue().size();
    }

    void stop() {
        threads.shutdown();
    }

    private record Look(boolean isFirst, long order, Runnable action) implements Runnable, Comparable<Look> {

        private static final Comparator<Look> ORDER =
                Comparator.comparing(Look::isFirst).thenComparingLong(Look::order);

        @Override
        public void run() {
            action.run();
        }

        @Override
        public int compareTo(Look other) {
            return ORDER.compare(this, other);
        }
    }
}
