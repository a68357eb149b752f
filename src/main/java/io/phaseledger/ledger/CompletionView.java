package io.phaseledger.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A row of the ledger, as it is shown. */
@Schema(description = "A row of the ledger: a completion, or a retraction of one.")
record CompletionView(
        @Schema(description = "UUIDv7.") UUID id,

        @Schema(description = "Its place in the ledger's one order.", examples = "1234")
        long position,

        @Schema(description = "completion or retraction", examples = "completion")
        String kind,

        @Schema(description = "The stage of the pipeline, by its canonical name.", examples = "phase4")
        String phase,

        @Schema(description = "The date the work was for.", examples = "2026-02-02")
        LocalDate gameDate,

        @Schema(description = "The job, by its canonical name.", examples = "player_daily_cache")
        String processorName,

        @Schema(description = "How it ended; retracted marks a retraction.", examples = "success")
        String status,

        @Nullable Long recordCount,
        @Nullable Long expectedCount,
        @Nullable String correlationId,
        @Nullable String executionId,
        @Nullable Instant startedAt,

        @Schema(description = "When it happened, by the processor's clock.")
        Instant completedAt,

        boolean isIncremental,
        boolean isBackfill,
        List<String> entitiesChanged,

        @Schema(type = SchemaType.OBJECT, description = "As it was sent, with sorted keys.") @JsonRawValue @Nullable
        String metadata,

        @Schema(description = "When the ledger learned of it, by the database's clock; an import brings its own.")
        Instant insertedAt,

        @Schema(description = "By the database's clock, where inserted_at was brought along.") @Nullable
        Instant importedAt,

        @Schema(description = "The phase as it was sent.", examples = "phase_4_precompute")
        String reportedPhase,

        @Schema(description = "The processor as it was sent.", examples = "PlayerDailyCacheProcessor")
        String reportedName,

        @Schema(description = "The completion that this row takes out of evidence.") @Nullable
        UUID retracts,

        @Schema(description = "The retraction that takes this row out of evidence.") @Nullable
        UUID retractedBy,

        @Schema(description = "The principal that sent it.", examples = "anonymous")
        String recordedBy,

        @Schema(description = "row_hash of the row before, in hexadecimal.")
        String prevHash,

        @Schema(description = "SHA-256 over this row and prev_hash, in hexadecimal.")
        String rowHash,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Warning> warnings) {

    static CompletionView of(CompletionRow row, @Nullable UUID retractedBy, @Nullable List<Warning> warnings) {
        return new CompletionView(
                row.id,
                row.position,
                row.kind,
                row.phase,
                row.gameDate,
                row.processorName,
                row.status,
                row.recordCount,
                row.expectedCount,
                row.correlationId,
                row.executionId,
                row.startedAt,
                row.completedAt,
                row.isIncremental,
                row.isBackfill,
                List.of(row.entitiesChanged),
                row.metadata,
                row.insertedAt,
                row.importedAt,
                row.reportedPhase,
                row.reportedName,
                row.retracts,
                retractedBy,
                row.recordedBy,
                HexFormat.of().formatHex(row.prevHash),
                HexFormat.of().formatHex(row.rowHash),
                warnings);
    }
}
