package io.phaseledger.subscription;

import io.phaseledger.database.Statements;
import io.phaseledger.http.EnumNames;
import java.sql.ResultSet;
import java.sql.SQLException;
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
import org.jspecify.annotations.Nullable;

/** A subscription; the columns are described in the migration. */
@SuppressWarnings("NullAway.Init") // Filled field by field.
class SubscriptionRow {

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

    static SubscriptionRow read(ResultSet from) throws SQLException {
        SubscriptionRow row = new SubscriptionRow();
        row.id = from.getObject("id", UUID.class);
        row.description = from.getString("description");
        row.url = from.getString("url");
        row.pubsubTopic = from.getString("pubsub_topic");
        row.events = Statements.texts(from, "events");
        row.policies = Statements.texts(from, "policies");
        row.phases = Statements.texts(from, "phases");
        row.gameDateFrom = from.getObject("game_date_from", LocalDate.class);
        row.deliver = from.getString("deliver");
        row.settleSeconds = from.getObject("settle_seconds", Long.class);
        row.include = Statements.texts(from, "include");
        row.secret = from.getString("secret");
        row.previousSecret = from.getString("previous_secret");
        row.previousSecretUntil = Statements.instant(from, "previous_secret_until");
        row.enabled = from.getBoolean("enabled");
        row.disabledReason = from.getString("disabled_reason");
        row.disabledAt = Statements.instant(from, "disabled_at");
        row.createdAt = Objects.requireNonNull(Statements.instant(from, "created_at"));
        row.createdBy = from.getString("created_by");
        row.updatedAt = Objects.requireNonNull(Statements.instant(from, "updated_at"));
        row.deletedAt = Statements.instant(from, "deleted_at");
        row.startedAfter = from.getLong("started_after");
        row.lastSequence = from.getObject("last_sequence", Long.class);
        return row;
    }

    /** All that is said in it but whether it is enabled and what calls are signed with. */
    void set(SubscriptionDefinition definition) {
        description = definition.description();
        url = definition.url();
        pubsubTopic = definition.pubsubTopic();
        events = distinct(definition.events());
        policies = distinct(definition.policies());
        phases = distinct(definition.phases());
        gameDateFrom = definition.gameDateFrom();
        deliver = EnumNames.of(definition.delivered());
        settleSeconds = definition.settle() == null ? null : definition.settle().toSeconds();
        include = distinct(
                definition.include() == null
                        ? null
                        : definition.include().stream().map(EnumNames::of).toList());
    }

    void disable(Disabled reason, Instant now) {
        enabled = false;
        disabledReason = EnumNames.of(reason);
        disabledAt = now;
    }

    void enable() {
        enabled = true;
        disabledReason = null;
        disabledAt = null;
    }

    SubscriptionFilter interest() {
        return new SubscriptionFilter(
                Set.of(events),
                Set.of(policies),
                Set.of(phases),
                gameDateFrom,
                Arrays.stream(include)
                        .map(each -> EnumNames.constant(Include.class, each))
                        .collect(Collectors.toSet()));
    }

    Deliver delivered() {
        return EnumNames.constant(Deliver.class, deliver);
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
