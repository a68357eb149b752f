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
@Schema
record CompletionView(
        UUID id,
        long position,

        @Schema(enumeration = {"completion", "retraction"}) String kind,

        String phase,
        LocalDate gameDate,
        String processorName,

        @Schema(enumeration = {"success", "partial", "failed", "no_data", "skipped", "running", "retracted"})
        String status,

        @Nullable Long recordCount,
        @Nullable Long expectedCount,
        @Nullable String correlationId,
        @Nullable String executionId,
        @Nullable Instant startedAt,
        Instant completedAt,
        boolean isIncremental,
        boolean isBackfill,
        List<String> entitiesChanged,

        @Schema(type = SchemaType.OBJECT) @JsonRawValue @Nullable
        String metadata,

        Instant insertedAt,
        @Nullable Instant importedAt,
        String reportedPhase,
        String reportedName,
        @Nullable UUID retracts,
        @Nullable UUID retractedBy,
        String recordedBy,
        String prevHash,
        String rowHash,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Warning> warnings) {

    static CompletionView of(CompletionRow row, @Nullable List<Warning> warnings) {
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
                row.retractedBy,
                row.recordedBy,
                HexFormat.of().formatHex(row.prevHash),
                HexFormat.of().formatHex(row.rowHash),
                warnings);
    }
}
