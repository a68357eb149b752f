package io.phaseledger.http;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** What goes wrong on our side: logged with all that is known, and answered without. */
final class Faults {

    private static final Logger LOG = Logger.getLogger(Faults.class);

    /**
     * How long no second line is written about the database. One that goes away fails all that is under way at once, each
     * request of something else: one line with the first cause is enough.
     */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static final AtomicLong QUIET_UNTIL = new AtomicLong(System.nanoTime());

    private Faults() {}

    static Problem problem(Throwable e) {
        return Unavailable.isBehind(e) ? unavailable(e) : internalError(e);
    }

    private static Problem unavailable(Throwable e) {
        long now = System.nanoTime();
        long until = QUIET_UNTIL.get();
        if (now - until >= 0 && QUIET_UNTIL.compareAndSet(until, now + QUIET.toNanos())) {
            LOG.warnf("The database cannot be asked: %s", Unavailable.reason(e));
        }
        return Unavailable.problem();
    }

    private static Problem internalError(Throwable e) {
        var incident = UUID.randomUUID().toString();
        LOG.errorf(e, "Incident %s", incident);
        return Problem.of(500, "internal_error", "The fault is ours; the log tells of it under the incident's id.")
                .with("incident", incident);
    }
}
