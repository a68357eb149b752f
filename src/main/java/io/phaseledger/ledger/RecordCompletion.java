package io.phaseledger.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.PipelineName;
import io.phaseledger.operate.Correlation;
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
@Schema(additionalProperties = Schema.False.class)
record RecordCompletion(
        @NotNull @Pattern(regexp = PipelineName.PATTERN, message = PipelineName.MESSAGE)
        String phase,

        @NotNull LocalDate gameDate,

        @NotNull @Pattern(regexp = PipelineName.PATTERN, message = PipelineName.MESSAGE)
        String processorName,

        @NotNull Status status,
        @PositiveOrZero @Nullable Long recordCount,
        @PositiveOrZero @Nullable Long expectedCount,

        @Size(min = 1, max = MAX_ID) @Nullable String correlationId,

        @Size(min = 1, max = MAX_ID) @Nullable String executionId,

        @Nullable Instant startedAt,
        @Nullable Instant completedAt,

        @Schema(defaultValue = "false") @Nullable Boolean isIncremental,

        @Schema(defaultValue = "false") @Nullable Boolean isBackfill,

        @Size(max = MAX_ENTITIES) @Nullable List<@NotNull @Size(max = MAX_ID) String> entitiesChanged,

        @Nullable ObjectNode metadata)
        implements Correlation.Ids {

    /** Characters of an identifier or of the name of an entity. */
    static final int MAX_ID = 1024;

    /** Entities that one row may name. */
    static final int MAX_ENTITIES = 10_000;

    RecordCompletion {
        phase = PipelineName.normal(phase);
        processorName = PipelineName.normal(processorName);
    }

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
