package io.phaseledger.readiness;

/** What the question is for: the running day, or filling history. */
public enum Mode {
    LIVE,
    BACKFILL
}
