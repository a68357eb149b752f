package io.phaseledger.readiness;

/** What a policy waives when it is asked in {@link Mode#BACKFILL}. */
public enum Backfill {
    /** Everything: the state is {@code bypassed}. */
    BYPASS,
    /** Only what time alone can break: {@code stale} and {@code upstream_newer}. */
    EXISTENCE,
    /** Nothing. */
    ENFORCE
}
