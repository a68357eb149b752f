package io.phaseledger.policy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.phaseledger.readiness.Backfill;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Quorum;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A policy as it is put, with what was left out filled in, so that two that mean the same are equal.
 *
 * @param name only what a PUT may say beside the definition, as {@code effectiveFrom}; neither is stored with it
 */
@Schema
@JsonIgnoreProperties({"version", "position", "inserted_at", "recorded_by", "warnings", "receipt_coverage"
}) // So what is shown can be put.
public record PolicyDefinition(
        @Schema(hidden = true) @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Nullable
        String name,

        @Schema(hidden = true) @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Nullable
        Instant effectiveFrom,

        @Size(max = 4096) @Nullable String description,

        @NotNull @Zone String timeZone,

        @NotNull @Size(max = MAX_REQUIREMENTS) List<@NotNull @Valid RequirementDefinition> requirements,

        @Schema(minimum = "0", maximum = "100") @CountOrShare @Nullable
        BigDecimal minOptional,

        @Valid @Nullable FreshnessDefinition freshness,

        @Schema(defaultValue = "bypass") Backfill backfill,

        @Schema(defaultValue = "[]") @Size(max = MAX_UPSTREAMS)
        List<@NotNull @Valid UpstreamDefinition> upstream,

        @Valid @Nullable DeadlineDefinition deadline,

        @Schema(defaultValue = "[]") @Size(max = MAX_CONSUMERS)
        List<@NotNull @Valid ConsumerDefinition> consumers) {

    static final int MAX_REQUIREMENTS = 100;
    static final int MAX_UPSTREAMS = 20;
    static final int MAX_CONSUMERS = 100;

    public PolicyDefinition {
        backfill = backfill == null ? Backfill.BYPASS : backfill;
        upstream = upstream == null ? List.of() : upstream;
        consumers = consumers == null ? List.of() : consumers;
    }

    /** The same without what is said beside it. */
    PolicyDefinition alone() {
        return new PolicyDefinition(
                null,
                null,
                description,
                timeZone,
                requirements,
                minOptional,
                freshness,
                backfill,
                upstream,
                deadline,
                consumers);
    }

    /** The policy as the rule reads it. */
    public Policy policy(@Nullable String name, int version) {
        return new Policy(
                name,
                version,
                java.time.ZoneId.of(timeZone),
                requirements.stream().map(RequirementDefinition::requirement).toList(),
                quorum(),
                freshness == null ? null : freshness.freshness(),
                backfill,
                upstream.stream().map(UpstreamDefinition::upstream).toList(),
                deadline == null ? null : deadline.deadline());
    }

    private @Nullable Quorum quorum() {
        if (minOptional == null) {
            return null;
        }
        return CountOrShare.Check.isCount(minOptional)
                ? new Quorum.Count(minOptional.intValueExact())
                : new Quorum.Share(minOptional);
    }
}
