package io.phaseledger.policy;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How many units of work a date has, as it is put. */
@Schema(additionalProperties = Schema.False.class)
record PutSlate(
        @NotNull @PositiveOrZero @Max(MAX_UNITS) Integer units,

        @Size(max = MAX_NOTE) @Nullable String note,

        @Nullable Instant insertedAt) {

    static final int MAX_UNITS = 1_000_000;
    static final int MAX_NOTE = 1024;
}
