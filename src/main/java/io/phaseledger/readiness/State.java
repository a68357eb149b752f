package io.phaseledger.readiness;

/** The answer in a word. */
public enum State {
    READY,
    NOT_READY,
    /** The date has no work. */
    NOT_APPLICABLE,
    /** A backfill that asks nothing. */
    BYPASSED
}
