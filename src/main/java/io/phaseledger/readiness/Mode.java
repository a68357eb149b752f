package io.phaseledger.readiness;

/** For what the answer is asked: the running day, or filling history. */
public enum Mode {
    LIVE,
    BACKFILL
}
