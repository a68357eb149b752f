package io.phaseledger.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A subscription, without its secret but for the once when it is made or changed. */
@Schema(name = "Subscription")
record SubscriptionView(
        UUID id,
        @Nullable String url,
        @Nullable String pubsubTopic,
        List<String> events,
        List<String> policies,
        List<String> phases,
        @Nullable LocalDate gameDateFrom,
        SubscriptionDefinition.Deliver deliver,
        @Nullable Duration settle,
        List<Include> include,
        @Nullable String description,
        boolean enabled,
        @Nullable String disabledReason,
        @Nullable Instant disabledAt,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        long startedAfter,
        @Nullable Long lastSequence,
        long pending,
        @Nullable Instant pendingSince,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable String error,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

    static SubscriptionView of(SubscriptionRow row, Backlog backlog, @Nullable String shown) {
        SubscriptionDefinition definition = row.definition;
        return new SubscriptionView(
                row.id,
                definition.url(),
                definition.pubsubTopic(),
                definition.events(),
                row.policies(),
                row.phases(),
                definition.gameDateFrom(),
                definition.delivered(),
                definition.settle(),
                row.include(),
                definition.description(),
                row.enabled,
                row.disabledReason,
                row.disabledAt,
                row.createdAt,
                row.createdBy,
                row.updatedAt,
                row.startedAfter,
                row.lastSequence,
                backlog.pending(),
                backlog.since(),
                backlog.attempts(),
                backlog.nextAttemptAt(),
                backlog.error(),
                shown);
    }
}
