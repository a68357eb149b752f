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
        @Schema(description = "Its name.", examples = "phase4")
        String name,

        @Schema(description = "1, 2, 3 … of that name.", examples = "3")
        int version,

        @Schema(description = "What it is for.", examples = "what the ML feature store reads") @Nullable
        String description,

        @Schema(description = "Whose midnight ends a date.", examples = "America/New_York")
        String timeZone,

        @Schema(description = "What must hold.") List<RequirementDefinition> requirements,

        @Schema(description = "How many optional requirements must be met too, as a count or a share.", examples = "1")
        @Nullable
        BigDecimal minOptional,

        @Schema(description = "How old a completion may be; null when no age is too old.") @Nullable
        FreshnessDefinition freshness,

        @Schema(description = "What a backfill waives.") Backfill backfill,

        @Schema(description = "The policies whose work comes before.")
        List<UpstreamDefinition> upstream,

        @Schema(description = "When it should be ready.") @Nullable
        DeadlineDefinition deadline,

        @Schema(description = "Who reads what it covers.") List<ConsumerDefinition> consumers,

        @Schema(description = "From when it is in force.", examples = "2025-10-01T00:00:00Z")
        Instant effectiveFrom,

        @Schema(description = "Its place in the ledger's order; null when it was only validated.", examples = "3")
        @Nullable
        Long position,

        @Schema(
                description = "When the ledger learned of it; null when it was only validated.",
                examples = "2026-01-01T00:00:00Z")
        @Nullable
        Instant insertedAt,

        @Schema(description = "The principal that put it; null when it was only validated.", examples = "anonymous")
        @Nullable
        String recordedBy,

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
