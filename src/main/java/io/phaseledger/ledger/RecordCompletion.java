package io.phaseledger.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.NameForm;
import io.phaseledger.readiness.Status;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One report that a processor finished its work for a game date, as it is sent. */
@Schema(
        additionalProperties = Schema.False.class,
        description = "One report that a processor finished its work for a game date.")
record RecordCompletion(
        @Schema(
                description = "The stage of the pipeline; an alias is resolved when it is recorded.",
                examples = "phase4")
        @NotNull
        @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE)
        String phase,

        @Schema(description = "The date the work was for, never the day it ran.", examples = "2026-02-02") @NotNull
        LocalDate gameDate,

        @Schema(
                description = "The job that reports; an alias is resolved when it is recorded.",
                examples = "player_daily_cache")
        @NotNull
        @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE)
        String processorName,

        @Schema(description = "How it ended; running is a start or a heartbeat, not an outcome.", examples = "success")
        @NotNull
        Status status,

        @Schema(description = "How many records it wrote. A claim, which a later full row corrects.", examples = "123")
        @PositiveOrZero
        @Nullable
        Long recordCount,

        @Schema(
                description = "Of how many, by the processor's own knowledge; coverage is judged by it.",
                examples = "123")
        @PositiveOrZero
        @Nullable
        Long expectedCount,

        @Schema(description = "The pipeline run that it belongs to.", examples = "nightly-2026-02-02")
        @Size(min = 1, max = MAX_ID)
        @Nullable
        String correlationId,

        @Schema(
                description = "The one run of the job. A retry with it is safe.",
                examples = "player_daily_cache-2026-02-03T07:00")
        @Size(min = 1, max = MAX_ID)
        @Nullable
        String executionId,

        @Schema(description = "When the work began, by the processor's clock.", examples = "2026-02-03T06:52:10Z")
        @Nullable
        Instant startedAt,

        @Schema(
                description = "When it ended, by the processor's clock; at most 5 minutes ahead of the ledger's,"
                        + " which is taken when it is left out.",
                examples = "2026-02-03T07:00:00Z")
        @Nullable
        Instant completedAt,

        @Schema(description = "Whether record_count counts only what this run touched.", defaultValue = "false")
        @Nullable
        Boolean isIncremental,

        @Schema(description = "Whether it filled history.", defaultValue = "false") @Nullable
        Boolean isBackfill,

        @Schema(description = "What this run touched.", examples = "[\"203507\"]") @Size(max = MAX_ENTITIES) @Nullable
        List<@NotNull @Size(max = MAX_ID) String> entitiesChanged,

        @Schema(description = "Whatever else there is to say, as a JSON object.", examples = "{\"attempt\": 1}")
        @Nullable
        ObjectNode metadata) {

    /** Characters of an identifier or of the name of an entity. */
    static final int MAX_ID = 1024;

    /** Entities that one row may name. */
    static final int MAX_ENTITIES = 10_000;

    boolean incremental() {
        return Boolean.TRUE.equals(isIncremental);
    }

    boolean backfill() {
        return Boolean.TRUE.equals(isBackfill);
    }

    List<String> entities() {
        return entitiesChanged == null ? List.of() : entitiesChanged;
    }
}
