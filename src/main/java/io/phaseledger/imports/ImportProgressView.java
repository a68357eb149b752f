package io.phaseledger.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far an import has come, as JSON. */
@Schema(name = "ImportProgress")
record ImportProgressView(
        UUID id,

        @Schema(enumeration = {"completions", "slates"}) String kind,

        @Schema(enumeration = {"running", "stalled", "finished", "failed"})
        String state,

        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        long read,
        long recorded,
        long replayed,
        long rejectedCount,
        long lastLine,
        @Nullable String failure,
        String recordedBy) {

    static ImportProgressView of(ImportRow row, Instant now, Duration stalledAfter) {
        return new ImportProgressView(
                row.id(),
                row.kind(),
                state(row, now, stalledAfter),
                row.startedAt(),
                row.updatedAt(),
                row.finishedAt(),
                row.recorded() + row.replayed() + row.rejected(),
                row.recorded(),
                row.replayed(),
                row.rejected(),
                row.lastLine(),
                row.failure(),
                row.recordedBy());
    }

    private static String state(ImportRow row, Instant now, Duration stalledAfter) {
        if (row.finishedAt() != null) {
            return row.failure() == null ? "finished" : "failed";
        }
        return row.updatedAt().plus(stalledAfter).isBefore(now) ? "stalled" : "running";
    }
}
