package io.phaseledger.policy;

import io.phaseledger.readiness.Deadline;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.time.LocalTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** When a policy should be ready; it bears on alerts, not on readiness. */
@Schema(additionalProperties = Schema.False.class)
record DeadlineDefinition(
        @NotNull
        @Pattern(
                regexp = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?",
                message = "invalid_time: must be a time of day such as 06:00")
        String readyBy,

        @Schema(defaultValue = "0") @Min(-MAX_DAYS) @Max(MAX_DAYS)
        Integer dayOffset,

        @Nullable Duration warnBefore) {

    static final int MAX_DAYS = 366;

    public DeadlineDefinition {
        dayOffset = dayOffset == null ? 0 : dayOffset;
    }

    Deadline deadline() {
        return new Deadline(LocalTime.parse(readyBy), dayOffset, warnBefore);
    }
}
