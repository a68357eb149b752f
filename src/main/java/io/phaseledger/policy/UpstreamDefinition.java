package io.phaseledger.policy;

import io.phaseledger.http.NameForm;
import io.phaseledger.readiness.Severity;
import io.phaseledger.readiness.Upstream;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A policy whose work comes before. */
@Schema(additionalProperties = Schema.False.class)
record UpstreamDefinition(
        @NotNull @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE)
        String policy,

        @Schema(defaultValue = "warn") Severity ready,

        @Schema(defaultValue = "warn") Severity order) {

    public UpstreamDefinition {
        ready = ready == null ? Severity.WARN : ready;
        order = order == null ? Severity.WARN : order;
    }

    Upstream upstream() {
        return new Upstream(policy, ready, order);
    }
}
