package io.phaseledger.readiness;

/** The verdict in one word. */
public enum State {
    READY,
    NOT_READY,
    /** The date has no work. */
    NOT_APPLICABLE,
    /** A backfill, which this policy lets pass. */
    BYPASSED
}
