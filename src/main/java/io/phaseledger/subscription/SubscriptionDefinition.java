package io.phaseledger.subscription;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.NameForm;
import io.phaseledger.http.PipelineName;
import io.phaseledger.http.Problem;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A subscription as it is sent. */
@Schema(name = "SubscriptionDefinition", additionalProperties = Schema.False.class)
record SubscriptionDefinition(
        @Size(min = 1, max = 2048) @Nullable String url,

        @Pattern(
                regexp = "(projects/[^/]{1,100}/topics/)?[A-Za-z][A-Za-z0-9_.~+%-]{2,254}",
                message = "invalid_name: must be a topic, or projects/PROJECT/topics/TOPIC")
        @Nullable
        String pubsubTopic,

        @NotEmpty @Size(max = 10)
        List<@NotNull @Pattern(regexp = EventName.PATTERN, message = EventName.MESSAGE) String> events,

        @Size(max = MAX_NAMES) @Nullable
        List<@NotNull @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE) String> policies,

        @Size(max = MAX_NAMES) @Nullable
        List<@NotNull @Pattern(regexp = PipelineName.PATTERN, message = PipelineName.MESSAGE) String> phases,

        @Nullable LocalDate gameDateFrom,

        @Schema(defaultValue = "first") @Nullable Deliver deliver,

        @Nullable Duration settle,

        @Size(max = 3) @Nullable List<@NotNull Include> include,

        @Pattern(regexp = Secrets.PATTERN, message = Secrets.MESSAGE) @Nullable
        String secret,

        @Size(max = 1024) @Nullable String description,

        @Schema(defaultValue = "true") @Nullable Boolean enabled) {

    static final int MAX_NAMES = 100;

    SubscriptionDefinition {
        phases = PipelineName.normal(phases);
    }

    private static final Duration LONGEST_SETTLE = Duration.ofDays(1);

    boolean isEnabled() {
        return !Boolean.FALSE.equals(enabled);
    }

    Deliver delivered() {
        return deliver == null ? Deliver.FIRST : deliver;
    }

    /** The same as it is kept: with what was left out, each name once, without what has columns of its own. */
    SubscriptionDefinition kept() {
        return new SubscriptionDefinition(
                url,
                pubsubTopic,
                distinct(events),
                distinct(policies),
                distinct(phases),
                gameDateFrom,
                delivered(),
                settle,
                distinct(include),
                null,
                description,
                null);
    }

    private static <T> List<T> distinct(@Nullable List<T> values) {
        return values == null ? List.of() : values.stream().distinct().toList();
    }

    /**
     * What no single field shows.
     *
     * @throws Problem 422
     */
    void check() {
        List<FieldError> faults = Stream.of(faultOfTarget(), faultOfSettle(), faultOfSecret())
                .flatMap(Optional::stream)
                .toList();
        if (!faults.isEmpty()) {
            throw Problem.refused(faults);
        }
    }

    private Optional<FieldError> faultOfTarget() {
        if ((url == null) != (pubsubTopic == null)) {
            return Optional.empty();
        }
        return Optional.of(FieldError.at(
                url == null ? "/url" : "/pubsub_topic",
                url == null ? "required" : "contradiction",
                "either url or pubsub_topic must be given, and not both"));
    }

    private Optional<FieldError> faultOfSettle() {
        if ((delivered() == Deliver.SETTLED) != (settle != null)) {
            return Optional.of(FieldError.at(
                    "/settle",
                    settle == null ? "required" : "contradiction",
                    "must be given with deliver=settled, and only then"));
        }
        return settle == null || isAllowed(settle)
                ? Optional.empty()
                : Optional.of(
                        FieldError.at("/settle", "out_of_range", "must be 1 second to 24 hours, in whole seconds"));
    }

    private static boolean isAllowed(Duration settle) {
        return settle.toSeconds() >= 1
                && settle.compareTo(LONGEST_SETTLE) <= 0
                && settle.equals(settle.truncatedTo(ChronoUnit.SECONDS));
    }

    private Optional<FieldError> faultOfSecret() {
        return pubsubTopic == null || secret == null
                ? Optional.empty()
                : Optional.of(
                        FieldError.at("/secret", "contradiction", "messages to a topic are not signed; leave it out"));
    }

    /** Which changes of readiness are told. */
    enum Deliver {
        /** Each. */
        EVERY,
        /** The first to a state for a policy and date. */
        FIRST,
        /** Those after which the verdict has stood for a while. */
        SETTLED
    }
}
