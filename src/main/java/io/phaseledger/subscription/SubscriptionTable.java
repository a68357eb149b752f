package io.phaseledger.subscription;

import io.phaseledger.database.Statements;
import io.phaseledger.http.EnumNames;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of subscriptions, as those who make and change them see it; who calls has {@link DeliveryQueue}. */
@ApplicationScoped
class SubscriptionTable {

    private static final String KEPT = "SELECT * FROM nba_orchestration.subscriptions WHERE deleted_at IS NULL";

    private static final String CREATED_BY = "SELECT * FROM nba_orchestration.subscriptions WHERE created_by = ?";

    /** What a request cannot change is that of the first time. */
    private static final String SAVE = """
            INSERT INTO nba_orchestration.subscriptions
                (id, created_at, created_by, started_after, description, url, pubsub_topic, events, policies, phases,
                 game_date_from, deliver, settle_seconds, include, secret, previous_secret, previous_secret_until,
                 enabled, disabled_reason, disabled_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                (description, url, pubsub_topic, events, policies, phases, game_date_from, deliver, settle_seconds,
                 include, secret, previous_secret, previous_secret_until, enabled, disabled_reason, disabled_at,
                 updated_at)
              = (EXCLUDED.description, EXCLUDED.url, EXCLUDED.pubsub_topic, EXCLUDED.events, EXCLUDED.policies,
                 EXCLUDED.phases, EXCLUDED.game_date_from, EXCLUDED.deliver, EXCLUDED.settle_seconds,
                 EXCLUDED.include, EXCLUDED.secret, EXCLUDED.previous_secret, EXCLUDED.previous_secret_until,
                 EXCLUDED.enabled, EXCLUDED.disabled_reason, EXCLUDED.disabled_at, EXCLUDED.updated_at)
            """;

    private static final String DELETE = """
            UPDATE nba_orchestration.subscriptions
            SET deleted_at = ?, secret = NULL, previous_secret = NULL, previous_secret_until = NULL WHERE id = ?
            """;

    private static final String RESTORE =
            "UPDATE nba_orchestration.subscriptions SET deleted_at = NULL, started_after = ? WHERE id = ?";

    private final Statements statements;

    SubscriptionTable(Statements statements) {
        this.statements = statements;
    }

    /** All that were not deleted, newest first. */
    List<SubscriptionRow> kept() {
        return statements.list(KEPT + " ORDER BY id DESC", SubscriptionRow::read);
    }

    Optional<SubscriptionRow> kept(UUID id) {
        return statements.first(KEPT + " AND id = ?", SubscriptionRow::read, id);
    }

    /** The same, held until the transaction ends. */
    Optional<SubscriptionRow> held(UUID id) {
        return statements.first(KEPT + " AND id = ? FOR UPDATE", SubscriptionRow::read, id);
    }

    /** All that one principal made, deleted ones too. */
    List<SubscriptionRow> createdBy(String principal) {
        return statements.list(CREATED_BY, SubscriptionRow::read, principal);
    }

    /** Adds it, or changes one that is held. */
    void save(SubscriptionRow row) {
        SubscriptionDefinition definition = row.definition;
        Duration settle = definition.settle();
        statements.update(
                SAVE,
                row.id,
                row.createdAt,
                row.createdBy,
                row.startedAfter,
                definition.description(),
                definition.url(),
                definition.pubsubTopic(),
                texts(definition.events()),
                texts(row.policies()),
                texts(row.phases()),
                definition.gameDateFrom(),
                EnumNames.of(definition.delivered()),
                settle == null ? null : settle.toSeconds(),
                row.include().stream().map(EnumNames::of).toArray(String[]::new),
                row.secret,
                row.previousSecret,
                row.previousSecretUntil,
                row.enabled,
                row.disabledReason,
                row.disabledAt,
                row.updatedAt);
    }

    private static String[] texts(List<String> names) {
        return names.toArray(String[]::new);
    }

    /** It is told nothing more, and its secrets are forgotten. */
    void delete(UUID id, Instant now) {
        statements.update(DELETE, now, id);
    }

    /** One that was deleted begins anew after a position. */
    void restore(UUID id, long startedAfter) {
        statements.update(RESTORE, startedAfter, id);
    }
}
