package io.phaseledger.readiness;

import java.time.Instant;

/**
 * When a policy will be ready, by what was usual: in half of the cases by one instant, in nineteen of twenty by another.
 */
public record Expected(Instant p50, Instant p95) {}
