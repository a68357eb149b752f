package io.phaseledger.policy;

import io.phaseledger.readiness.Applies;
import io.phaseledger.readiness.Freshness;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How old a completion may be. */
@Schema(additionalProperties = Schema.False.class, description = "How old a completion may be.")
record FreshnessDefinition(
        @Schema(description = "An age equal to it is fresh, a microsecond more is stale.", examples = "PT6H") @NotNull
        Duration maxAge,

        @Schema(
                description = "For which target dates: same_day is only as-of's date in the policy's zone.",
                defaultValue = "same_day")
        Applies applies) {

    public FreshnessDefinition {
        applies = applies == null ? Applies.SAME_DAY : applies;
    }

    Freshness freshness() {
        return new Freshness(maxAge, applies);
    }
}
