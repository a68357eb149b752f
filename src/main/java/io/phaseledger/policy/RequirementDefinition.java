package io.phaseledger.policy;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.phaseledger.http.PipelineName;
import io.phaseledger.readiness.Requirement;
import io.phaseledger.readiness.Status;
import io.phaseledger.readiness.TargetDate;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What must hold of one processor's completion. */
@Schema(additionalProperties = Schema.False.class)
record RequirementDefinition(
        @NotNull @Pattern(regexp = PipelineName.PATTERN, message = PipelineName.MESSAGE)
        String phase,

        @NotNull @Pattern(regexp = PipelineName.PATTERN, message = PipelineName.MESSAGE)
        String processorName,

        @PositiveOrZero @Max(MAX_RECORDS) @Nullable Long minRecords,

        @DecimalMin("0") @DecimalMax("1000000000") @Nullable BigDecimal minRecordsPerUnit,

        @DecimalMin("0") @DecimalMax("1") @Nullable BigDecimal minCoverage,

        @Schema(defaultValue = "[\"success\"]") @Acceptable List<@NotNull Status> accept,

        @Schema(defaultValue = "false") Boolean optional,

        @Schema(defaultValue = "same")
        @JsonDeserialize(using = TargetDateJson.Reader.class)
        @JsonSerialize(using = TargetDateJson.Writer.class)
        TargetDate gameDate,

        @Nullable Duration lease) {

    /** So that a bound times the units of a slate cannot overflow. */
    static final long MAX_RECORDS = 1_000_000_000_000L;

    public RequirementDefinition {
        phase = PipelineName.normal(phase);
        processorName = PipelineName.normal(processorName);
        accept = accept == null ? List.of(Status.SUCCESS) : tidy(accept);
        optional = Boolean.TRUE.equals(optional);
        gameDate = gameDate == null ? new TargetDate.Same() : gameDate;
    }

    /** Each once and in order, unless one is missing: it is refused by its place among those that were sent. */
    private static List<Status> tidy(List<Status> accept) {
        return accept.stream().anyMatch(Objects::isNull)
                ? accept
                : accept.stream().distinct().sorted().toList();
    }

    Requirement requirement() {
        return new Requirement(
                phase,
                processorName,
                minRecords,
                minRecordsPerUnit,
                minCoverage,
                Set.copyOf(accept),
                optional,
                gameDate);
    }
}
