package io.phaseledger.policy;

import io.phaseledger.http.NameForm;
import io.phaseledger.readiness.Severity;
import io.phaseledger.readiness.Upstream;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A policy whose work comes before. */
@Schema(additionalProperties = Schema.False.class, description = "A policy whose work comes before.")
record UpstreamDefinition(
        @Schema(description = "Its name.", examples = "phase3")
        @NotNull
        @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE)
        String policy,

        @Schema(description = "What it is when that policy is not ready.", defaultValue = "warn")
        Severity ready,

        @Schema(description = "What it is when that policy's work was completed later.", defaultValue = "warn")
        Severity order) {

    public UpstreamDefinition {
        ready = ready == null ? Severity.WARN : ready;
        order = order == null ? Severity.WARN : order;
    }

    Upstream upstream() {
        return new Upstream(policy, ready, order);
    }
}
