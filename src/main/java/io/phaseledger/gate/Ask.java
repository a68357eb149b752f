package io.phaseledger.gate;

import io.phaseledger.http.PipelineName;
import io.phaseledger.readiness.Applies;
import io.phaseledger.readiness.Mode;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** How one policy and one date are asked about. */
record Ask(
        @QueryParam("mode") @DefaultValue("live") Mode mode,
        @QueryParam("as_of") @Nullable Instant asOf,
        @QueryParam("position") @PositiveOrZero @Nullable Long position,
        @QueryParam("at_least") @PositiveOrZero @Nullable Long atLeast,

        @QueryParam("within") @Parameter(schema = @Schema(type = SchemaType.STRING)) @Nullable
        Duration within,

        @QueryParam("applies") @Nullable Applies applies,

        @QueryParam("wait") @Parameter(schema = @Schema(type = SchemaType.STRING)) @Nullable
        Duration longestWait,

        @QueryParam("expect") @Nullable ExpectedState expect,

        @QueryParam("consumer") @Pattern(regexp = PipelineName.PATTERN, message = PipelineName.MESSAGE) @Nullable
        String consumer) {

    Ask {
        consumer = PipelineName.normal(consumer);
    }

    /** The answer that is not an error. */
    enum ExpectedState {
        READY
    }
}
