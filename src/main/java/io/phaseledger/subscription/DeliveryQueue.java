package io.phaseledger.subscription;

import io.phaseledger.database.DatabaseClock;
import io.phaseledger.database.Statements;
import io.phaseledger.http.EnumNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is owed, as the one who makes the calls sees it: under a lease, that only one instance at a time has.
 *
 * <p>What an instance writes of a subscription whose lease it has lost changes nothing: another makes the call again.
 */
@ApplicationScoped
class DeliveryQueue {

    /** The first call of each is looked at in its index, so what is owed cannot be overlooked. */
    private static final String LEASE = """
            UPDATE nba_orchestration.subscriptions AS s
            SET lease_holder = ?, lease_until = clock_timestamp() + ? * interval '1 millisecond'
            WHERE id IN (
                SELECT id FROM nba_orchestration.subscriptions AS c
                WHERE c.enabled AND c.deleted_at IS NULL
                  AND (c.lease_until IS NULL OR c.lease_until < clock_timestamp())
                  AND (SELECT next_attempt_at FROM nba_orchestration.deliveries AS d
                       WHERE d.subscription_id = c.id AND d.status = 'pending' ORDER BY d.id LIMIT 1) <= clock_timestamp()
                ORDER BY c.lease_until NULLS FIRST, c.id LIMIT ? FOR UPDATE OF c SKIP LOCKED)
            RETURNING id
            """;

    private static final String RENEW = """
            UPDATE nba_orchestration.subscriptions
            SET lease_until = clock_timestamp() + ? * interval '1 millisecond'
            WHERE id IN (
                SELECT id FROM nba_orchestration.subscriptions
                WHERE lease_holder = ? AND id = ANY (?::uuid[]) FOR UPDATE SKIP LOCKED)
            """;

    private static final String RELEASE = """
            UPDATE nba_orchestration.subscriptions SET lease_holder = NULL, lease_until = NULL
            WHERE id = ? AND lease_holder = ?
            """;

    private static final String HELD = " FROM nba_orchestration.subscriptions AS s WHERE s.id = d.subscription_id"
            + " AND s.lease_holder = ? AND s.enabled AND s.deleted_at IS NULL";

    private static final String NEXT = "SELECT " + Delivery.COLUMNS + """
            , next_attempt_at <= clock_timestamp() AS is_due
            FROM nba_orchestration.deliveries AS d
            WHERE subscription_id = ? AND status = 'pending' AND EXISTS (SELECT""" + HELD + """
            ) ORDER BY id LIMIT ?
            """;

    private static final String TAKEN = """
            UPDATE nba_orchestration.deliveries AS d
            SET status = 'delivered', next_attempt_at = NULL, attempts = attempts + 1,
                first_attempt_at = coalesce(first_attempt_at, clock_timestamp()),
                last_attempt_at = clock_timestamp(), delivered_at = clock_timestamp(),
                code = o.code, response = o.response, error = NULL
            FROM unnest(?::bigint[], ?::integer[], ?::text[]) AS o (id, code, response)
            WHERE d.id = o.id AND d.status = 'pending' AND EXISTS (SELECT""" + HELD + ")";

    /** Given up after so long since the first attempt, counting the wait before the next; or at once. */
    private static final String FAILED = """
            UPDATE nba_orchestration.deliveries AS d
            SET attempts = attempts + 1, last_attempt_at = clock_timestamp(),
                first_attempt_at = coalesce(first_attempt_at, clock_timestamp()),
                status = CASE WHEN n.is_last THEN 'dead' ELSE 'pending' END,
                next_attempt_at = CASE WHEN n.is_last THEN NULL ELSE clock_timestamp() + n.wait END,
                code = ?, response = ?, error = ?
            FROM (SELECT p.id, w.wait,
                         ? OR clock_timestamp() + w.wait > coalesce(p.first_attempt_at, clock_timestamp())
                             + ? * interval '1 millisecond' AS is_last
                  FROM nba_orchestration.deliveries AS p, (SELECT ? * interval '1 millisecond' AS wait) AS w
                  WHERE p.id = ?) AS n
            WHERE d.id = n.id AND d.status = 'pending' AND EXISTS (SELECT""" + HELD + """
            )
            RETURNING d.status
            """;

    private static final String DISABLE = """
            UPDATE nba_orchestration.subscriptions
            SET enabled = false, disabled_reason = ?, disabled_at = clock_timestamp() WHERE id = ? AND enabled
            """;

    /** Deliveries that are read at once. */
    private static final int PAGE = 100;

    private final Statements statements;
    private final SubscriptionTable table;
    private final Messages messages;
    private final DatabaseClock clock;

    DeliveryQueue(Statements statements, SubscriptionTable table, Messages messages, DatabaseClock clock) {
        this.statements = statements;
        this.table = table;
        this.messages = messages;
        this.clock = clock;
    }

    /** Leases subscriptions that have a call which is due, at most so many. */
    List<UUID> lease(UUID holder, Duration lease, int most) {
        return statements.list(LEASE, row -> row.getObject("id", UUID.class), holder, lease.toMillis(), most);
    }

    /** A holder's leases of these count for so long again; one that is locked at the moment waits for the next time. */
    void renew(UUID holder, Duration lease, Collection<UUID> subscriptions) {
        statements.update(RENEW, lease.toMillis(), holder, subscriptions.toArray(UUID[]::new));
    }

    void release(UUID holder, UUID subscription) {
        statements.update(RELEASE, subscription, holder);
    }

    /** What is to be sent next; empty when nothing is due, or the lease is another's. */
    @Transactional
    Optional<DeliveryRun.Turn> next(UUID holder, UUID subscription) {
        List<Delivery> due = due(holder, subscription);
        return due.isEmpty()
                ? Optional.empty()
                : table.kept(subscription)
                        .map(row -> new DeliveryRun.Turn(row.target(clock.now()), due, messages.of(due)));
    }

    /** In their order, up to the first that is not due; none when the lease is lost, or the subscription is disabled. */
    private List<Delivery> due(UUID holder, UUID subscription) {
        return statements.run(NEXT, statement -> {
            Statements.bind(statement, subscription, holder, PAGE);
            List<Delivery> due = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next() && row.getBoolean("is_due")) {
                    due.add(Delivery.read(row));
                }
            }
            return due;
        });
    }

    void taken(UUID holder, List<Delivery> deliveries, List<Attempt> attempts) {
        statements.update(
                TAKEN,
                deliveries.stream().map(Delivery::id).toArray(Long[]::new),
                attempts.stream().map(Attempt::code).toArray(Integer[]::new),
                attempts.stream().map(Attempt::response).toArray(String[]::new),
                holder);
    }

    /**
     * A call failed: it is tried again after a while, or given up and its subscription disabled.
     *
     * @return why the subscription was disabled; null when it was not
     */
    @Transactional
    SubscriptionRow.@Nullable Disabled failed(
            UUID holder, UUID subscription, Delivery delivery, Attempt attempt, Duration wait, Duration giveUpAfter) {
        boolean isGone = attempt.outcome() == Attempt.Outcome.GONE;
        String status = statements
                .first(
                        FAILED,
                        row -> row.getString("status"),
                        attempt.code(),
                        attempt.response(),
                        attempt.error(),
                        isGone,
                        giveUpAfter.toMillis(),
                        wait.toMillis(),
                        delivery.id(),
                        holder)
                .orElse(Delivery.PENDING);
        if (status.equals(Delivery.PENDING)) {
            return null;
        }
        SubscriptionRow.Disabled reason = isGone ? SubscriptionRow.Disabled.GONE : SubscriptionRow.Disabled.DEAD;
        statements.update(DISABLE, EnumNames.of(reason), subscription);
        return reason;
    }
}
