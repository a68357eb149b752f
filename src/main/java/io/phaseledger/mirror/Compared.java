package io.phaseledger.mirror;

/** The table was compared with the ledger: told to whoever in this process observes it. */
record Compared(Target target, Comparison found) {}
