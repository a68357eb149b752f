package io.phaseledger.readiness;

/**
 * A policy whose work comes before.
 *
 * @param policy its name
 * @param ready what it is when that policy is not ready for the same date
 * @param order what it is when that policy's input was completed after this one's work
 */
public record Upstream(String policy, Severity ready, Severity order) {}
