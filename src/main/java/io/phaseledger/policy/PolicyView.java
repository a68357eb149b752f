package io.phaseledger.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.phaseledger.readiness.Backfill;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A version of a policy, as it is shown; what it shows can be put again. */
@Schema(description = "A version of a policy.")
record PolicyView(
        @Schema(examples = "phase4") String name,

        @Schema(description = "1, 2, 3 … of that name.", examples = "3")
        int version,

        @Nullable String description,
        @Schema(examples = "America/New_York") String timeZone,
        List<RequirementDefinition> requirements,
        @Nullable BigDecimal minOptional,
        @Nullable FreshnessDefinition freshness,
        Backfill backfill,
        List<UpstreamDefinition> upstream,
        @Nullable DeadlineDefinition deadline,
        List<ConsumerDefinition> consumers,
        @Schema(description = "From when it is in force.") Instant effectiveFrom,

        @Schema(description = "Its place in the ledger's order; null when it was only validated.") @Nullable
        Long position,

        @Schema(description = "When the ledger learned of it; null when it was only validated.") @Nullable
        Instant insertedAt,

        @Nullable String recordedBy,

        @Schema(description = "What is allowed and probably not meant; only in the answer to a PUT.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<PolicyWarning> warnings) {

    static PolicyView of(PolicyVersion version) {
        return of(version, null);
    }

    static PolicyView of(PolicyVersion version, @Nullable List<PolicyWarning> warnings) {
        boolean stored = version.position() > 0;
        PolicyDefinition definition = version.definition();
        return new PolicyView(
                version.name(),
                version.version(),
                definition.description(),
                definition.timeZone(),
                definition.requirements(),
                definition.minOptional(),
                definition.freshness(),
                definition.backfill(),
                definition.upstream(),
                definition.deadline(),
                definition.consumers(),
                version.effectiveFrom(),
                stored ? version.position() : null,
                stored ? version.insertedAt() : null,
                stored ? version.recordedBy() : null,
                warnings);
    }
}
