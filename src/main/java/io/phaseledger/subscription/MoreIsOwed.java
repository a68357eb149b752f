package io.phaseledger.subscription;

/** Told when a call may be due, so that it need not wait for the next look. */
record MoreIsOwed() {}
