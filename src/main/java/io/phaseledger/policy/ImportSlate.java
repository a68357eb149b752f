package io.phaseledger.policy;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A slate as it is imported: with its date, where a put has that in its path. */
@Schema(additionalProperties = Schema.False.class, description = "How many units of work a date has.")
record ImportSlate(
        @Schema(description = "The date.", examples = "2026-02-16") @NotNull
        LocalDate gameDate,

        @Schema(description = "Games, for instance. 0 is a fact: nothing is due that day.", examples = "10")
        @NotNull
        @PositiveOrZero
        @Max(PutSlate.MAX_UNITS)
        Integer units,

        @Schema(description = "Why, for people.", examples = "All-Star break") @Size(max = PutSlate.MAX_NOTE) @Nullable
        String note,

        @Schema(
                description = "From when it was known, not later than now; left out, now.",
                examples = "2025-08-14T19:00:00Z")
        @Nullable
        Instant insertedAt) {

    PutSlate asPut() {
        return new PutSlate(units, note, insertedAt);
    }
}
