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
@Schema(name = "Subscription", description = "Who is told what, and how that goes.")
record SubscriptionView(
        @Schema(description = "Its id.", examples = "0198f1a0-5c3e-7a3b-9a63-0c4a4d1c2b11")
        UUID id,

        @Schema(description = "Whom to call; null for a topic.", examples = "https://example.com/hooks/phase-ledger")
        @Nullable
        String url,

        @Schema(description = "The topic to publish to; null for a URL.") @Nullable
        String pubsubTopic,

        @Schema(description = "What is told.", examples = "[\"readiness.ready\"]")
        List<String> events,

        @Schema(description = "Of events about a policy, only these; empty for all.", examples = "[\"phase4\"]")
        List<String> policies,

        @Schema(description = "Of events about a phase, only these; empty for all.", examples = "[]")
        List<String> phases,

        @Schema(description = "Of events about a date, only those from this one on.") @Nullable
        LocalDate gameDateFrom,

        @Schema(description = "Which changes of readiness are told.")
        Deliver deliver,

        @Schema(description = "How long a verdict must have stood.") @Nullable
        Duration settle,

        @Schema(description = "What is told although it is no news.", examples = "[]")
        List<Include> include,

        @Schema(description = "For people.", examples = "Starts the feature store.") @Nullable
        String description,

        @Schema(description = "Whether calls are made.") boolean enabled,

        @Schema(
                description = "Why not: by_request, gone (the receiver answered 410), dead (a call was given up).",
                examples = "dead")
        @Nullable
        String disabledReason,

        @Schema(description = "Since when not.") @Nullable Instant disabledAt,

        @Schema(description = "When it was made.", examples = "2026-02-03T07:00:01Z")
        Instant createdAt,

        @Schema(description = "Who made it.", examples = "operator")
        String createdBy,

        @Schema(description = "When it was last changed.", examples = "2026-02-03T07:00:01Z")
        Instant updatedAt,

        @Schema(description = "What took a position up to here is not told.", examples = "1234")
        long startedAfter,

        @Schema(description = "The sequence of the newest call that is or was owed.", examples = "1240") @Nullable
        Long lastSequence,

        @Schema(description = "How many calls are owed.", examples = "0")
        long pending,

        @Schema(description = "Since when the first of them is.") @Nullable
        Instant pendingSince,

        @Schema(description = "How often the first of them was tried.", examples = "0")
        int attempts,

        @Schema(description = "When it is tried, at the earliest.") @Nullable
        Instant nextAttemptAt,

        @Schema(description = "Why it failed the last time.") @Nullable
        String error,

        @Schema(description = "What calls are signed with: in the answer to its making or change and never again.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String secret) {

    static SubscriptionView of(SubscriptionRow row, Backlog backlog, @Nullable String shown) {
        return new SubscriptionView(
                row.id,
                row.url,
                row.pubsubTopic,
                List.of(row.events),
                List.of(row.policies),
                List.of(row.phases),
                row.gameDateFrom,
                row.delivered(),
                row.settle(),
                List.copyOf(row.interest().include()),
                row.description,
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
