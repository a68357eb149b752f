package io.phaseledger.policy;

import io.phaseledger.http.NameForm;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A processor that reads what a policy covers; it bears on alerts, not on readiness. */
@Schema(
        additionalProperties = Schema.False.class,
        description = "A processor that reads what the policy covers. Bears on alerts, not on readiness.")
record ConsumerDefinition(
        @Schema(description = "The job.", examples = "ml_feature_store")
        @NotNull
        @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE)
        String processorName,

        @Schema(description = "How old its input may be when it starts.", examples = "PT2H") @Nullable
        Duration maxAge) {}
