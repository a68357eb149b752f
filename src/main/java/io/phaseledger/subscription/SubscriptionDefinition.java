package io.phaseledger.subscription;

import io.phaseledger.http.AllFaults;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.NameForm;
import io.phaseledger.http.Problem;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A subscription as it is sent. */
@Schema(
        name = "SubscriptionDefinition",
        additionalProperties = Schema.False.class,
        description = "What shall be told, and to whom.")
record SubscriptionDefinition(
        @Schema(
                description = "Whom to call: an https URL that events are POSTed to. Either this or pubsub_topic.",
                examples = "https://example.com/hooks/phase-ledger")
        @Size(min = 1, max = 2048)
        @Nullable
        String url,

        @Schema(
                description = "The Pub/Sub topic to publish to, short or as projects/…/topics/….",
                examples = "nba-phase4-precompute-complete")
        @Pattern(
                regexp = "(projects/[^/]{1,100}/topics/)?[A-Za-z][A-Za-z0-9_.~+%-]{2,254}",
                message = "invalid_name: must be a topic, or projects/PROJECT/topics/TOPIC")
        @Nullable
        String pubsubTopic,

        @Schema(
                description =
                        "What is told: completion, retraction, policy, slate; readiness for every change of a verdict, or"
                                + " readiness.ready and so on for changes to one state.",
                examples = "[\"readiness.ready\"]")
        @NotEmpty
        @Size(max = 10)
        List<@NotNull @Pattern(regexp = EventName.PATTERN, message = EventName.MESSAGE) String> events,

        @Schema(description = "Of events about a policy, only these; left out, all.", examples = "[\"phase4\"]")
        @Size(max = MAX_NAMES)
        @Nullable
        List<@NotNull @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE) String> policies,

        @Schema(
                description = "Of completions and retractions, only those of these phases; left out, all. An alias lets"
                        + " through what it stands for, and what was recorded before it was one.",
                examples = "[\"phase4\"]")
        @Size(max = MAX_NAMES)
        @Nullable
        List<@NotNull @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE) String> phases,

        @Schema(description = "Of events about a date, only those from this one on.", examples = "2026-02-01") @Nullable
        LocalDate gameDateFrom,

        @Schema(
                description =
                        "Which changes of readiness are told: the first to a state for a policy and date, every one,"
                                + " or those after which the verdict has stood for a while.",
                defaultValue = "first")
        @Nullable
        Deliver deliver,

        @Schema(
                description =
                        "How long a verdict must have stood; with deliver=settled, and only then. Whole seconds, 1 second"
                                + " to 24 hours.",
                examples = "PT5M")
        @Nullable
        Duration settle,

        @Schema(
                description =
                        "What is told although it is no news: imports, backfill, past (what a policy or slate changes"
                                + " of dates before yesterday).",
                examples = "[\"backfill\"]")
        @Size(max = 3)
        @Nullable
        List<@NotNull Include> include,

        @Schema(
                description =
                        "What calls are signed with: whsec_ and 24 to 64 bytes in base64. Left out, one is made. Changed, the"
                                + " one before signs too for a day.",
                examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        @Pattern(regexp = Secrets.PATTERN, message = Secrets.MESSAGE)
        @Nullable
        String secret,

        @Schema(description = "For people.", examples = "Starts the feature store.") @Size(max = 1024) @Nullable
        String description,

        @Schema(description = "Whether calls are made; what happens meanwhile is owed.", defaultValue = "true")
        @Nullable
        Boolean enabled) {

    static final int MAX_NAMES = 100;

    private static final Duration LONGEST_SETTLE = Duration.ofDays(1);

    boolean isEnabled() {
        return !Boolean.FALSE.equals(enabled);
    }

    Deliver delivered() {
        return deliver == null ? Deliver.FIRST : deliver;
    }

    /**
     * What no single field shows.
     *
     * @throws Problem 422
     */
    void check() {
        AllFaults.check(this::checkTarget, this::checkSettle, this::checkSecret);
    }

    private void checkTarget() {
        if ((url == null) == (pubsubTopic == null)) {
            throw Problem.refused(FieldError.at(
                    url == null ? "/url" : "/pubsub_topic",
                    url == null ? "required" : "contradiction",
                    "either url or pubsub_topic must be given, and not both"));
        }
    }

    private void checkSettle() {
        if ((delivered() == Deliver.SETTLED) != (settle != null)) {
            throw Problem.refused(FieldError.at(
                    "/settle",
                    settle == null ? "required" : "contradiction",
                    "must be given with deliver=settled, and only then"));
        }
        if (settle != null
                && (settle.compareTo(LONGEST_SETTLE) > 0
                        || settle.toSeconds() < 1
                        || !settle.equals(settle.truncatedTo(ChronoUnit.SECONDS)))) {
            throw Problem.refused(
                    FieldError.at("/settle", "out_of_range", "must be 1 second to 24 hours, in whole seconds"));
        }
    }

    private void checkSecret() {
        if (pubsubTopic != null && secret != null) {
            throw Problem.refused(
                    FieldError.at("/secret", "contradiction", "messages to a topic are not signed; leave it out"));
        }
    }
}
