package io.phaseledger.policy;

import io.phaseledger.readiness.Applies;
import io.phaseledger.readiness.Freshness;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How old a completion may be. */
@Schema(additionalProperties = Schema.False.class)
record FreshnessDefinition(
        @NotNull Duration maxAge,

        @Schema(defaultValue = "same_day") Applies applies) {

    public FreshnessDefinition {
        applies = applies == null ? Applies.SAME_DAY : applies;
    }

    Freshness freshness() {
        return new Freshness(maxAge, applies);
    }
}
