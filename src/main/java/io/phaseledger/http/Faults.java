package io.phaseledger.http;

import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What goes wrong on our side: logged with all that is known, and answered without. */
final class Faults {

    private static final Logger LOG = Logger.getLogger(Faults.class);

    /** So long the same is not said again: a database that goes away fails all that is under way at once. */
    private static final Duration SAID = Duration.ofSeconds(10);

    private static volatile Saying last = new Saying("", System.nanoTime());

    private Faults() {}

    static Problem problem(Throwable e) {
        return Unavailable.isBehind(e) ? unavailable(e) : internalError(e);
    }

    private static Problem unavailable(Throwable e) {
        Saying saying = new Saying(Unavailable.reason(e), System.nanoTime());
        if (!saying.repeats(last)) {
            last = saying;
            LOG.warnf("The database cannot be asked: %s", saying.reason());
        }
        return Unavailable.problem();
    }

    private static Problem internalError(Throwable e) {
        var incident = UUID.randomUUID().toString();
        LOG.errorf(e, "Incident %s", incident);
        return Problem.of(500, "internal_error", "The fault is ours; the log tells of it under the incident's id.")
                .with("incident", incident);
    }

    private record Saying(String reason, long at) {

        boolean repeats(Saying other) {
            return reason.equals(other.reason) && at - other.at < SAID.toNanos();
        }
    }
}
