package io.phaseledger.readiness;

/** How the work that a row reports ended. */
public enum Status {
    SUCCESS,
    PARTIAL,
    FAILED,
    NO_DATA,
    SKIPPED,
    /** A start or a heartbeat: not an outcome, so no requirement accepts it. */
    RUNNING;

    /** Whether such a row has no records by design, so that its count is not judged. */
    boolean isExemptFromCounts() {
        return this == NO_DATA || this == SKIPPED;
    }
}
