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
import org.jspecify.annotations.Nullable;

/** A subscription; the columns are described in the migration. */
@SuppressWarnings("NullAway.Init") // Filled field by field.
class SubscriptionRow {

    UUID id;

    /** All that is said of it but whether it is enabled and what calls are signed with. */
    SubscriptionDefinition definition;

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
        row.definition = definition(from);
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

    private static SubscriptionDefinition definition(ResultSet from) throws SQLException {
        Long settle = from.getObject("settle_seconds", Long.class);
        return new SubscriptionDefinition(
                from.getString("url"),
                from.getString("pubsub_topic"),
                List.of(Statements.texts(from, "events")),
                List.of(Statements.texts(from, "policies")),
                List.of(Statements.texts(from, "phases")),
                from.getObject("game_date_from", LocalDate.class),
                EnumNames.constant(SubscriptionDefinition.Deliver.class, from.getString("deliver")),
                settle == null ? null : Duration.ofSeconds(settle),
                Arrays.stream(Statements.texts(from, "include"))
                        .map(each -> EnumNames.constant(Include.class, each))
                        .toList(),
                null,
                from.getString("description"),
                null);
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

    /** Empty for all. */
    List<String> policies() {
        return Objects.requireNonNull(definition.policies());
    }

    /** Empty for all. */
    List<String> phases() {
        return Objects.requireNonNull(definition.phases());
    }

    List<Include> include() {
        return Objects.requireNonNull(definition.include());
    }

    SubscriptionFilter interest() {
        return new SubscriptionFilter(
                Set.copyOf(definition.events()),
                Set.copyOf(policies()),
                Set.copyOf(phases()),
                definition.gameDateFrom(),
                Set.copyOf(include()));
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
        return new Target(id, definition.url(), definition.pubsubTopic(), secrets);
    }

    /** Why a subscription is called no more. */
    enum Disabled {
        BY_REQUEST,
        /** A call of it failed for as long as calls are tried. */
        DEAD,
        /** Its receiver said that it never wants to be called again. */
        GONE
    }
}
