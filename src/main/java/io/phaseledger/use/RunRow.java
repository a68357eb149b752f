package io.phaseledger.use;

import io.phaseledger.readiness.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer reported, as far as it says when a run began and by which receipt.
 *
 * @param receipt that the row's metadata names; null for none
 */
record RunRow(
        UUID id,
        long position,
        String phase,
        String processor,
        LocalDate gameDate,
        Status status,
        @Nullable String executionId,
        @Nullable Instant startedAt,
        Instant completedAt,
        boolean isBackfill,
        @Nullable UUID receipt) {}
