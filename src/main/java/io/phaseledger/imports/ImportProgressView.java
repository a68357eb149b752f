package io.phaseledger.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far an import has come, as JSON. */
@Schema(name = "ImportProgress", description = "How far an import has come.")
record ImportProgressView(
        @Schema(description = "Its id.", examples = "0198f1a0-5c3e-7a3b-9a63-0c4a4d1c2b11")
        UUID id,

        @Schema(
                description = "What is imported.",
                enumeration = {"completions", "slates"},
                examples = "completions")
        String kind,

        @Schema(
                description =
                        "stalled: it has not moved for a while (phase-ledger.imports.stalled-after); its client is"
                                + " slow, or the process is gone that it ran in. What was counted is in the ledger either way.",
                enumeration = {"running", "stalled", "finished", "failed"},
                examples = "running")
        String state,

        @Schema(description = "When it began.", examples = "2026-02-03T07:00:01Z")
        Instant startedAt,

        @Schema(description = "When the counts were last written.", examples = "2026-02-03T07:00:09Z")
        Instant updatedAt,

        @Schema(description = "When it ended; null while it goes on.") @Nullable
        Instant finishedAt,

        @Schema(description = "Lines of which it is known what became of them.", examples = "120000")
        long read,

        @Schema(description = "Lines that became rows.", examples = "119990")
        long recorded,

        @Schema(description = "Lines that had been recorded before.", examples = "8")
        long replayed,

        @Schema(description = "Lines that were not taken.", examples = "2")
        long rejectedCount,

        @Schema(description = "The line of the body up to which this is so.", examples = "120000")
        long lastLine,

        @Schema(description = "Why it ended before its body did; null if it did not.") @Nullable
        String failure,

        @Schema(description = "Who sent it.", examples = "anonymous")
        String recordedBy) {

    static ImportProgressView of(ImportRow row, Instant now, Duration stalledAfter) {
        return new ImportProgressView(
                row.id,
                row.kind,
                state(row, now, stalledAfter),
                row.startedAt,
                row.updatedAt,
                row.finishedAt,
                row.recorded + row.replayed + row.rejected,
                row.recorded,
                row.replayed,
                row.rejected,
                row.lastLine,
                row.failure,
                row.recordedBy);
    }

    private static String state(ImportRow row, Instant now, Duration stalledAfter) {
        if (row.finishedAt != null) {
            return row.failure == null ? "finished" : "failed";
        }
        return row.updatedAt.plus(stalledAfter).isBefore(now) ? "stalled" : "running";
    }
}
