package io.phaseledger.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.readiness.Backfill;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Quorum;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A policy as it is put, with what was left out filled in, so that two that mean the same are equal. */
@Schema(description = "A named set of requirements with a time zone.")
public record PolicyDefinition(
        @Schema(description = "What it is for.", examples = "what the ML feature store reads")
        @Size(max = 4096)
        @Nullable
        String description,

        @Schema(description = "Whose midnight ends a date; a name of the tz database.", examples = "America/New_York")
        @NotNull
        @Zone
        String timeZone,

        @Schema(description = "What must hold. May be empty.") @NotNull @Size(max = MAX_REQUIREMENTS)
        List<@NotNull @Valid RequirementDefinition> requirements,

        @Schema(
                description = "How many optional requirements must be met too: a whole number is a count,"
                        + " a decimal strictly between 0 and 1 a share.",
                minimum = "0",
                maximum = "100",
                examples = "0.6")
        @CountOrShare
        @Nullable
        BigDecimal minOptional,

        @Schema(description = "How old a completion may be; left out, no age is too old.") @Valid @Nullable
        FreshnessDefinition freshness,

        @Schema(
                description = "What a backfill waives: bypass everything, existence only stale and upstream_newer,"
                        + " enforce nothing.",
                defaultValue = "bypass")
        Backfill backfill,

        @Schema(description = "The policies whose work comes before.", defaultValue = "[]") @Size(max = MAX_UPSTREAMS)
        List<@NotNull @Valid UpstreamDefinition> upstream,

        @Schema(description = "When it should be ready.") @Valid @Nullable
        DeadlineDefinition deadline,

        @Schema(description = "Who reads what it covers.", defaultValue = "[]") @Size(max = MAX_CONSUMERS)
        List<@NotNull @Valid ConsumerDefinition> consumers) {

    /** What a stored policy shows beside its definition, so that what was shown can be changed and sent. */
    static final List<String> SHOWN_BESIDE =
            List.of("name", "effective_from", "version", "position", "inserted_at", "recorded_by", "warnings");

    static final int MAX_REQUIREMENTS = 100;
    static final int MAX_UPSTREAMS = 20;
    static final int MAX_CONSUMERS = 100;

    public PolicyDefinition {
        backfill = backfill == null ? Backfill.BYPASS : backfill;
        upstream = upstream == null ? List.of() : upstream;
        consumers = consumers == null ? List.of() : consumers;
    }

    /** Takes out what a stored policy shows beside its definition. */
    public static void forgetWhatIsShown(JsonNode policy) {
        if (policy instanceof ObjectNode object) {
            object.remove(SHOWN_BESIDE);
        }
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
                upstream.stream().map(UpstreamDefinition::upstream).toList());
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
