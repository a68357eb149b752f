package io.phaseledger.http;

import java.util.UUID;
import org.jboss.logging.Logger;

/** What goes wrong on our side: logged with all that is known, and answered without. */
final class Faults {

    private static final Logger LOG = Logger.getLogger(Faults.class);

    private Faults() {}

    static Problem problem(Throwable e) {
        return Unavailable.isBehind(e) ? unavailable(e) : internalError(e);
    }

    private static Problem unavailable(Throwable e) {
        LOG.warnf("The database cannot be asked: %s", Unavailable.reason(e));
        return Unavailable.problem();
    }

    private static Problem internalError(Throwable e) {
        var incident = UUID.randomUUID().toString();
        LOG.errorf(e, "Incident %s", incident);
        return Problem.of(500, "internal_error", "The fault is ours; the log tells of it under the incident's id.")
                .with("incident", incident);
    }
}
