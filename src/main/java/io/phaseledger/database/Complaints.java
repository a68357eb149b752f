package io.phaseledger.database;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What a thread that tries again and again says in the log of its failures: each once, until it works or fails of something
 * else. That the database cannot be asked is a line, and none while the pulse has said so for all; anything else is told
 * with where it happened.
 *
 * <p>For one thread.
 */
final class Complaints {

    private final Logger log;
    private final Pulse pulse;
    private @Nullable String said;

    Complaints(Logger log, Pulse pulse) {
        this.log = log;
        this.pulse = pulse;
    }

    /**
     * Something failed and will be tried again.
     *
     * @param what it was, as the beginning of a line
     */
    void failed(String what, Throwable e) {
        boolean isOfTheDatabase = Unavailable.isBehind(e);
        String why = isOfTheDatabase ? Unavailable.reason(e) : e.toString();
        if (why.equals(said) || (isOfTheDatabase && pulse.isAway())) {
            return;
        }
        said = why;
        if (isOfTheDatabase) {
            log.warnf("%s: %s", what, why);
        } else {
            log.warn(what, e);
        }
    }

    /** It worked. */
    void worked() {
        said = null;
    }
}
