package io.phaseledger.readiness;

/** What can be said of a requirement, an upstream or the policy as a whole. */
public enum Code {
    SLATE_UNKNOWN,
    MISSING,
    FAILED,
    PARTIAL,
    NO_DATA,
    SKIPPED,
    RUNNING,
    RECORD_COUNT_UNKNOWN,
    TOO_FEW_RECORDS,
    EXPECTED_COUNT_UNKNOWN,
    COVERAGE_TOO_LOW,
    STALE,
    UPSTREAM_NEWER,
    UPSTREAM_NOT_READY,
    QUORUM_NOT_MET,
    NO_WORK,
    FAILED_SINCE,
    PARTIAL_SINCE,
    NO_DATA_SINCE,
    SKIPPED_SINCE,
    RUNNING_SINCE,
    CLOCK_SKEW,
    WITHIN_NOT_APPLIED,
    OPTIONAL_UNMET,
    RETROACTIVE_POLICY,

    /** The rule never says so: what is told with a verdict that had to be given without its receipt. */
    RECEIPT_NOT_STORED;

    static Code ofUnaccepted(Status status) {
        return valueOf(status.name());
    }

    static Code since(Status status) {
        return valueOf(status.name() + "_SINCE");
    }

    /** Whether the passing of time alone causes it, so that a backfill may waive it. */
    boolean isWaivedByExistence() {
        return this == STALE || this == UPSTREAM_NEWER;
    }
}
