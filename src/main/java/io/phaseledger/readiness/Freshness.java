package io.phaseledger.readiness;

import java.time.Duration;

/**
 * How old a deciding row may be.
 *
 * @param maxAge an age equal to it is fresh, a microsecond more is stale
 * @param applies for which target dates
 */
public record Freshness(Duration maxAge, Applies applies) {}
