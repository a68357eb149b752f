package io.phaseledger.timeliness;

import io.phaseledger.readiness.Timeliness;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * When a policy was ready for a date.
 *
 * @param timeliness null where there is no deadline, or no work
 * @param landedAt null when it has not been ready
 */
public record Landed(
        LocalDate gameDate,
        @Nullable Timeliness timeliness,
        @Nullable Instant landedAt) {}
