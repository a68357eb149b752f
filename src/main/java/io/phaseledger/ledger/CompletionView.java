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
        @Schema(description = "UUIDv7.", examples = "0198f1a0-5c3e-7a3b-9a63-0c4a4d1c2b11")
        UUID id,

        @Schema(description = "Its place in the ledger's one order.", examples = "1234")
        long position,

        @Schema(
                description = "What the row is.",
                enumeration = {"completion", "retraction"},
                examples = "completion")
        String kind,

        @Schema(description = "The stage of the pipeline, by its canonical name.", examples = "phase4")
        String phase,

        @Schema(description = "The date the work was for.", examples = "2026-02-02")
        LocalDate gameDate,

        @Schema(description = "The job, by its canonical name.", examples = "player_daily_cache")
        String processorName,

        @Schema(
                description = "How it ended; retracted marks a retraction.",
                enumeration = {"success", "partial", "failed", "no_data", "skipped", "running", "retracted"},
                examples = "success")
        String status,

        @Schema(description = "How many records it wrote.", examples = "123") @Nullable
        Long recordCount,

        @Schema(description = "Of how many.", examples = "123") @Nullable
        Long expectedCount,

        @Schema(description = "The pipeline run.", examples = "nightly-2026-02-02") @Nullable
        String correlationId,

        @Schema(description = "The one run of the job.", examples = "player_daily_cache-2026-02-03T07:00") @Nullable
        String executionId,

        @Schema(description = "When the work began, by the processor's clock.", examples = "2026-02-03T06:52:10Z")
        @Nullable
        Instant startedAt,

        @Schema(description = "When it happened, by the processor's clock.", examples = "2026-02-03T07:00:00Z")
        Instant completedAt,

        @Schema(description = "Whether record_count counts only what this run touched.")
        boolean isIncremental,

        @Schema(description = "Whether it filled history.") boolean isBackfill,

        @Schema(description = "What this run touched.", examples = "[\"203507\"]")
        List<String> entitiesChanged,

        @Schema(
                type = SchemaType.OBJECT,
                description = "As it was sent, with sorted keys.",
                examples = "{\"attempt\": 1}")
        @JsonRawValue
        @Nullable
        String metadata,

        @Schema(
                description = "When the ledger learned of it, by the database's clock; an import brings its own.",
                examples = "2026-02-03T07:00:00.412Z")
        Instant insertedAt,

        @Schema(
                description = "By the database's clock, where inserted_at was brought along.",
                examples = "2026-03-01T09:00:00Z")
        @Nullable
        Instant importedAt,

        @Schema(description = "The phase as it was sent.", examples = "phase_4_precompute")
        String reportedPhase,

        @Schema(description = "The processor as it was sent.", examples = "PlayerDailyCacheProcessor")
        String reportedName,

        @Schema(
                description = "The completion that this row takes out of evidence.",
                examples = "0198f1a0-5c3e-7a3b-9a63-0c4a4d1c2b11")
        @Nullable
        UUID retracts,

        @Schema(
                description = "The retraction that takes this row out of evidence.",
                examples = "0198f1b7-01aa-7c11-8d2e-5f60718293a4")
        @Nullable
        UUID retractedBy,

        @Schema(description = "The principal that sent it.", examples = "anonymous")
        String recordedBy,

        @Schema(
                description = "row_hash of the row before, in hexadecimal.",
                examples = "5d1c6a4c93a0d4a6a7f0a62d1f8f3f2b6f4a5de0d7c1be4a0e3b1c9d8f7e6a50")
        String prevHash,

        @Schema(
                description = "SHA-256 over this row and prev_hash, in hexadecimal.",
                examples = "0b9f7c1e2a3d4c5b6a79880706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3")
        String rowHash,

        @Schema(description = "What its sender should know; only in the answer to a report.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<Warning> warnings) {

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
