package io.phaseledger.subscription;

import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of subscriptions, as those who make and change them see it; who calls has {@link DeliveryQueue}. */
@ApplicationScoped
class SubscriptionTable {

    private static final String KEPT = "SELECT * FROM nba_orchestration.subscriptions WHERE deleted_at IS NULL";

    private static final String CREATED_BY = "SELECT * FROM nba_orchestration.subscriptions WHERE created_by = ?";

    private static final String INSERT = """
            INSERT INTO nba_orchestration.subscriptions
                (id, created_at, created_by, started_after, description, url, pubsub_topic, events, policies, phases,
                 game_date_from, deliver, settle_seconds, include, secret, previous_secret, previous_secret_until,
                 enabled, disabled_reason, disabled_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String UPDATE = """
            UPDATE nba_orchestration.subscriptions
            SET description = ?, url = ?, pubsub_topic = ?, events = ?, policies = ?, phases = ?, game_date_from = ?,
                deliver = ?, settle_seconds = ?, include = ?, secret = ?, previous_secret = ?, previous_secret_until = ?,
                enabled = ?, disabled_reason = ?, disabled_at = ?, updated_at = ?
            WHERE id = ?
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

    void insert(SubscriptionRow row) {
        statements.update(
                INSERT,
                row.id,
                row.createdAt,
                row.createdBy,
                row.startedAfter,
                row.description,
                row.url,
                row.pubsubTopic,
                row.events,
                row.policies,
                row.phases,
                row.gameDateFrom,
                row.deliver,
                row.settleSeconds,
                row.include,
                row.secret,
                row.previousSecret,
                row.previousSecretUntil,
                row.enabled,
                row.disabledReason,
                row.disabledAt,
                row.updatedAt);
    }

    /** All that a request can change of one that is held. */
    void update(SubscriptionRow row) {
        statements.update(
                UPDATE,
                row.description,
                row.url,
                row.pubsubTopic,
                row.events,
                row.policies,
                row.phases,
                row.gameDateFrom,
                row.deliver,
                row.settleSeconds,
                row.include,
                row.secret,
                row.previousSecret,
                row.previousSecretUntil,
                row.enabled,
                row.disabledReason,
                row.disabledAt,
                row.updatedAt,
                row.id);
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
