package io.phaseledger.source;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.phaseledger.policy.Zone;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A source as it is put, with what was left out filled in, so that two that mean the same are equal. */
@Schema
@JsonIgnoreProperties({"name", "version", "removed", "inserted_at", "recorded_by"}) // So what is shown can be put.
public record SourceDefinition(
        @NotNull @Schema(enumeration = OPENLINEAGE) String door,

        @Size(min = 1, max = MAX_PATTERN) @Nullable String namespace,

        @Size(min = 1, max = MAX_PATTERN) @Nullable String job,

        @Schema(defaultValue = "100", nullable = true) @Min(0) @Max(MAX_PRIORITY)
        Integer priority,

        @Size(min = 1, max = MAX_TEMPLATE) @Nullable String phase,

        @Size(min = 1, max = MAX_TEMPLATE) @Nullable String processorName,

        @Zone @Nullable String timeZone,

        @Schema(defaultValue = "nominal_start", nullable = true)
        GameDateFrom gameDate,

        @Schema(defaultValue = "0", nullable = true) @Min(-MAX_DAYS) @Max(MAX_DAYS)
        Integer dateOffset,

        @Schema(defaultValue = "{\"when\":\"run\"}", nullable = true) @Valid
        Whole whole) {

    /** The only door whose messages speak of jobs. */
    static final String OPENLINEAGE = "openlineage";

    /** Characters of a pattern. */
    static final int MAX_PATTERN = 500;

    /** Characters of what a name is made of. */
    static final int MAX_TEMPLATE = 500;

    static final int MAX_PRIORITY = 1_000_000;
    static final int MAX_DAYS = 366;

    private static final int PRIORITY = 100;

    public SourceDefinition {
        priority = priority == null ? PRIORITY : priority;
        gameDate = gameDate == null ? GameDateFrom.NOMINAL_START : gameDate;
        dateOffset = dateOffset == null ? 0 : dateOffset;
        whole = whole == null ? Whole.EACH_RUN : whole;
    }
}
