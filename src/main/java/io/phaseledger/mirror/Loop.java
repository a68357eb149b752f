package io.phaseledger.mirror;

import io.phaseledger.database.Complaints;
import io.phaseledger.database.Pulse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A thread that does one thing after another, and looks from time to time whether there is something to do. */
final class Loop {

    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final Duration STOP_BOUND = Duration.ofSeconds(2);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private final Duration pause;
    private final Complaints complaints;

    /**
     * @param pause between two looks
     * @param step returns whether there may be more to do at once; what it throws, because the database is away, is told
     *     once, and it is tried again
     */
    Loop(String name, Duration pause, Pulse pulse, BooleanSupplier step) {
        this.complaints = new Complaints(LOG, pulse);
        this.pause = pause;
        this.thread = new Thread(() -> run(step), name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isStopping() {
        return stopped.getCount() == 0;
    }

    /** What is under way is left as it is after a moment: it can be taken up from where it was. */
    void stop() throws InterruptedException {
        stopped.countDown();
        thread.join(STOP_BOUND.toMillis());
        thread.interrupt();
    }

    static void end(@Nullable Loop loop) throws InterruptedException {
        if (loop != null) {
            loop.stop();
        }
    }

    private void run(BooleanSupplier step) {
        try {
            boolean more = false;
            while (more ? !isStopping() : !stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                more = tried(step);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tried(BooleanSupplier step) {
        try {
            boolean more = step.getAsBoolean();
            complaints.worked();
            return more;
        } catch (RuntimeException e) {
            complaints.failed("The thread " + thread.getName() + " rests at the moment", e);
            return false;
        }
    }
}
