package io.phaseledger.database;

import io.phaseledger.http.FaultProblems;
import io.phaseledger.http.Problem;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** What goes wrong on our side: logged with all that is known, and answered without. */
@Singleton
final class Faults implements FaultProblems {

    private static final Logger LOG = Logger.getLogger(Faults.class);

    /**
     * How long no second line is written about the database. One that goes away fails all that is under way at once, each
     * request of something else: one line with the first cause is enough.
     */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    @Override
    public Problem problem(Throwable e) {
        return Unavailable.isBehind(e) ? unavailable(e) : internalError(e);
    }

    private Problem unavailable(Throwable e) {
        long now = System.nanoTime();
        long until = quietUntil.get();
        if (now - until >= 0 && quietUntil.compareAndSet(until, now + QUIET.toNanos())) {
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
