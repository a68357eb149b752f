package io.phaseledger.database;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;

/**
 * A thread that does one step again and again: at once when it is woken or has more to do, and by itself after a pause, so
 * that a wake-up that is lost costs a pause.
 *
 * <p>What a step throws is logged once until it works again, and the step is tried again after a pause. Safe for use by
 * any thread.
 */
public final class BackgroundLoop {

    /** What it does. */
    public interface Step {

        /** Returns whether there is more to do at once. */
        boolean run() throws Exception;
    }

    private final Semaphore bell = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private final String trouble;
    private final IntFunction<Duration> pause;
    private final Complaints complaints;
    private final Step step;
    private int failures;

    /**
     * @param name of its thread
     * @param trouble how the line begins that says that a step failed
     * @param pause between two steps
     */
    public BackgroundLoop(String name, String trouble, Duration pause, Pulse pulse, Step step) {
        this(name, trouble, failures -> pause, pulse, step);
    }

    /** @param pause after so many failures in a row; after none, it is ended early by {@link #wake} */
    public BackgroundLoop(String name, String trouble, IntFunction<Duration> pause, Pulse pulse, Step step) {
        this.trouble = trouble;
        this.pause = pause;
        this.complaints = new Complaints(Logger.getLogger(BackgroundLoop.class), pulse);
        this.step = step;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** There may be something to do. */
    public void wake() {
        bell.release();
    }

    public boolean isStopping() {
        return stopped.getCount() == 0;
    }

    /** Returns after so long, or as soon as it is to stop. */
    public void rest(Duration duration) throws InterruptedException {
        boolean unused = stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** No step begins any more. */
    public void endSoon() {
        stopped.countDown();
        wake();
    }

    /** Waits for the step that is under way, and interrupts it after so long. */
    public void stop(Duration bound) throws InterruptedException {
        endSoon();
        thread.join(bound.toMillis());
        thread.interrupt();
    }

    private void run() {
        try {
            while (!isStopping()) {
                if (!tried()) {
                    await(pause.apply(failures));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(Duration duration) throws InterruptedException {
        if (failures > 0) {
            rest(duration);
        } else {
            boolean unused = bell.tryAcquire(duration.toMillis(), TimeUnit.MILLISECONDS);
        }
        bell.drainPermits();
    }

    private boolean tried() throws InterruptedException {
        try {
            boolean isMore = step.run();
            failures = 0;
            complaints.worked();
            return isMore;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // Whatever it is: the thread must live on.
            failures++;
            if (!isStopping()) {
                complaints.failed(trouble, e);
            }
            return false;
        }
    }
}
