package io.phaseledger.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A thread that looks after something five times a second until it is stopped. */
final class PostgresSupervisor {

    private static final Duration INTERVAL = Duration.ofMillis(200);

    /** After a failure, so that a log does not fill with one cause. */
    private static final Duration INTERVAL_AFTER_FAILURE = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(PostgresSupervisor.class);

    /** What is done each time. */
    interface Look {
        void look() throws IOException;
    }

    private final Look look;
    private final CountDownLatch stopped = new CountDownLatch(1);

    PostgresSupervisor(Look look) {
        this.look = look;
    }

    void start() {
        Thread thread = new Thread(this::run, "postgresql-watch");
        thread.setDaemon(true);
        thread.start();
    }

    void stop() {
        stopped.countDown();
    }

    private void run() {
        Duration pause = INTERVAL;
        while (!isStoppedWithin(pause)) {
            pause = lookedWell() ? INTERVAL : INTERVAL_AFTER_FAILURE;
        }
    }

    private boolean lookedWell() {
        try {
            look.look();
            return true;
        } catch (IOException | CannotStart e) {
            LOG.errorf("PostgreSQL does not come back, trying again: %s", e.getMessage());
            return false;
        }
    }

    private boolean isStoppedWithin(Duration pause) {
        try {
            return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
