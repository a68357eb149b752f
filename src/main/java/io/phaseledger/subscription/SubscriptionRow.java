package io.phaseledger.subscription;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A subscription; the columns are described in the migration. */
@Entity
@DynamicUpdate
@Table(schema = "nba_orchestration", name = "subscriptions")
class SubscriptionRow {

    @Id
    UUID id;

    @Nullable
    String description;

    @Nullable
    String url;

    @Nullable
    String pubsubTopic;

    String[] events;
    String[] policies;
    String[] phases;

    @Nullable
    LocalDate gameDateFrom;

    String deliver;

    @Nullable
    Long settleSeconds;

    String[] include;

    @Nullable
    String secret;

    @Nullable
    String previousSecret;

    @Nullable
    Instant previousSecretUntil;

    boolean enabled;

    @Nullable
    String disabledReason;

    @Nullable
    Instant disabledAt;

    Instant createdAt;
    String createdBy;
    Instant updatedAt;

    @Nullable
    Instant deletedAt;

    long startedAfter;

    @Nullable
    Long lastSequence;

    /** All that is said in it but whether it is enabled and what calls are signed with. */
    void set(SubscriptionDefinition definition) {
        description = definition.description();
        url = definition.url();
        pubsubTopic = definition.pubsubTopic();
        events = distinct(definition.events());
        policies = distinct(definition.policies());
        phases = distinct(definition.phases());
        gameDateFrom = definition.gameDateFrom();
        deliver = definition.delivered().word();
        settleSeconds = definition.settle() == null ? null : definition.settle().toSeconds();
        include = distinct(
                definition.include() == null
                        ? null
                        : definition.include().stream().map(Include::word).toList());
    }

    void disable(Disabled reason, Instant now) {
        enabled = false;
        disabledReason = reason.word();
        disabledAt = now;
    }

    void enable() {
        enabled = true;
        disabledReason = null;
        disabledAt = null;
    }

    Interest interest() {
        return new Interest(
                Set.of(events),
                Set.of(policies),
                Set.of(phases),
                gameDateFrom,
                Arrays.stream(include).map(Include::of).collect(Collectors.toSet()));
    }

    Deliver delivered() {
        return Deliver.of(deliver);
    }

    @Nullable
    Duration settle() {
        return settleSeconds == null ? null : Duration.ofSeconds(settleSeconds);
    }

    /** Where it leads, as of an instant: for a while after a change two secrets sign. */
    Target target(Instant now) {
        List<String> secrets = new ArrayList<>();
        if (secret != null) {
            secrets.add(secret);
        }
        if (previousSecret != null && now.isBefore(Objects.requireNonNull(previousSecretUntil))) {
            secrets.add(previousSecret);
        }
        return new Target(id, url, pubsubTopic, secrets);
    }

    private static String[] distinct(@Nullable List<String> names) {
        return names == null ? new String[0] : names.stream().distinct().toArray(String[]::new);
    }
}
