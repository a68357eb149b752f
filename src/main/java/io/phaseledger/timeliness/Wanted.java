package io.phaseledger.timeliness;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A policy and a date of which the history is wanted.
 *
 * @param instant about which it must be known, however much lies before it; null for none
 */
public record Wanted(
        String policy, LocalDate gameDate, @Nullable Instant instant) {}
