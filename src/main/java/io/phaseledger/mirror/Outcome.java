package io.phaseledger.mirror;

import org.jspecify.annotations.Nullable;

/**
 * What BigQuery knows of a job.
 *
 * @param error why it has failed; null when it has not
 */
record Outcome(Kind kind, @Nullable String error) {

    /** How it stands. */
    enum Kind {
        /** It was never asked for, or what was asked did not arrive. */
        UNKNOWN_JOB,
        RUNNING,
        DONE,
        /** It loaded nothing, and never will. */
        FAILED
    }

    static final Outcome UNKNOWN_JOB = new Outcome(Kind.UNKNOWN_JOB, null);
    static final Outcome RUNNING = new Outcome(Kind.RUNNING, null);
    static final Outcome DONE = new Outcome(Kind.DONE, null);

    static Outcome failed(String error) {
        return new Outcome(Kind.FAILED, error);
    }
}
