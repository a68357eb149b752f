package io.phaseledger.subscription;

/** Told when a call may be due, so that nobody need wait for the next look. */
record MoreIsOwed() {}
