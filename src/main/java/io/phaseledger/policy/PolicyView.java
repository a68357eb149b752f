package io.phaseledger.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.phaseledger.readiness.Backfill;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A version of a policy, as it is shown; what it shows can be put again. */
@Schema
record PolicyView(
        String name,
        int version,
        @Nullable String description,
        String timeZone,
        List<RequirementDefinition> requirements,
        @Nullable BigDecimal minOptional,
        @Nullable FreshnessDefinition freshness,
        Backfill backfill,
        List<UpstreamDefinition> upstream,
        @Nullable DeadlineDefinition deadline,
        List<ConsumerDefinition> consumers,
        Instant effectiveFrom,
        @Nullable Long position,
        @Nullable Instant insertedAt,
        @Nullable String recordedBy,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<PolicyWarning> warnings,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReceiptCoverage receiptCoverage) {

    static PolicyView of(PolicyVersion version) {
        return of(version, null, null);
    }

    static PolicyView of(PolicyVersion version, ReceiptCoverage coverage) {
        return of(version, null, coverage);
    }

    static PolicyView of(PolicyVersion version, List<PolicyWarning> warnings) {
        return of(version, warnings, null);
    }

    private static PolicyView of(
            PolicyVersion version, @Nullable List<PolicyWarning> warnings, @Nullable ReceiptCoverage coverage) {
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
                warnings,
                coverage);
    }
}
