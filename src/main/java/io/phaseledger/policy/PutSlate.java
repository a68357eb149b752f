package io.phaseledger.policy;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How many units of work a date has, as it is put. */
@Schema(additionalProperties = Schema.False.class, description = "How many units of work a date has.")
record PutSlate(
        @Schema(description = "Games, for instance. 0 is a fact: nothing is due that day.", examples = "10")
        @NotNull
        @PositiveOrZero
        @Max(MAX_UNITS)
        Integer units,

        @Schema(description = "Why, for people.", examples = "All-Star break") @Size(max = MAX_NOTE) @Nullable
        String note,

        @Schema(
                description = "From when it was known, for a slate told afterwards; left out, now.",
                examples = "2026-02-01T12:00:00Z")
        @Nullable
        Instant insertedAt) {

    static final int MAX_UNITS = 1_000_000;
    static final int MAX_NOTE = 1024;
}
