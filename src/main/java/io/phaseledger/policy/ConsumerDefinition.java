package io.phaseledger.policy;

import io.phaseledger.http.PipelineName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A processor that reads what a policy covers; it bears on alerts, not on readiness. */
@Schema(additionalProperties = Schema.False.class)
public record ConsumerDefinition(
        @NotNull @Pattern(regexp = PipelineName.PATTERN, message = PipelineName.MESSAGE)
        String processorName,

        @Nullable Duration maxAge,

        @Nullable Duration within) {

    public ConsumerDefinition {
        processorName = PipelineName.normal(processorName);
    }
}
