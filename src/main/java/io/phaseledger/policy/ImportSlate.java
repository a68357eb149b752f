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
@Schema(additionalProperties = Schema.False.class)
record ImportSlate(
        @NotNull LocalDate gameDate,

        @NotNull @PositiveOrZero @Max(PutSlate.MAX_UNITS) Integer units,

        @Size(max = PutSlate.MAX_NOTE) @Nullable String note,

        @Nullable Instant insertedAt) {

    PutSlate asPut() {
        return new PutSlate(units, note, insertedAt);
    }
}
