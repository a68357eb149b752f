package io.phaseledger.mirror;

/** The table was compared with the ledger: an event for observers in this process. */
record Compared(Target target, Comparison found) {}
