package io.phaseledger.subscription;

import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table of what is owed, as those who owe and those who look see it; who calls has {@link DeliveryQueue}. */
@ApplicationScoped
class DeliveryTable {

    private static final String KNOWN = """
            SELECT d.subscription_id, d.effect FROM unnest(?::uuid[], ?::text[]) AS o (subscription_id, effect)
            JOIN nba_orchestration.deliveries AS d USING (subscription_id, effect)
            """;

    /** Held in this order, as every other change of several at once holds them. */
    private static final String LAST = """
            SELECT id, last_sequence FROM nba_orchestration.subscriptions WHERE id = ANY (?::uuid[])
            ORDER BY id FOR UPDATE
            """;

    private static final String OWE = """
            INSERT INTO nba_orchestration.deliveries
                (subscription_id, sequence, previous_sequence, event, effect, status, created_at, attempts, next_attempt_at)
            SELECT subscription_id, sequence, previous, event, effect, 'pending', clock_timestamp(), 0, clock_timestamp()
            FROM unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::text[]) WITH ORDINALITY
                AS o (subscription_id, sequence, previous, event, effect, place)
            ORDER BY place
            """;

    private static final String MOVE = """
            UPDATE nba_orchestration.subscriptions AS s SET last_sequence = o.sequence
            FROM unnest(?::uuid[], ?::bigint[]) AS o (id, sequence) WHERE s.id = o.id
            """;

    private static final String BACKLOGS = """
            SELECT s.id, n.pending, h.created_at, h.attempts, h.next_attempt_at, h.error
            FROM unnest(?::uuid[]) AS s (id)
            CROSS JOIN LATERAL (SELECT count(*) AS pending FROM nba_orchestration.deliveries AS d
                WHERE d.subscription_id = s.id AND d.status = 'pending') AS n
            CROSS JOIN LATERAL (SELECT created_at, attempts, next_attempt_at, error FROM nba_orchestration.deliveries AS d
                WHERE d.subscription_id = s.id AND d.status = 'pending' ORDER BY d.id LIMIT 1) AS h
            """;

    private static final String PAGE = "SELECT " + Delivery.COLUMNS + """
             FROM nba_orchestration.deliveries
            WHERE subscription_id = ? AND id < ? AND (?::text IS NULL OR status = ?) ORDER BY id DESC LIMIT ?
            """;

    private static final String AGAIN = """
            UPDATE nba_orchestration.deliveries
            SET status = 'pending', next_attempt_at = clock_timestamp(), first_attempt_at = NULL, attempts = 0
            WHERE subscription_id = ? AND status <> 'pending' AND sequence BETWEEN ? AND ?
            """;

    /** The call that was given up last, unless later ones were taken: then the caller that enabled it had gone on after it. */
    private static final String FROM = """
            UPDATE nba_orchestration.deliveries
            SET status = 'pending', next_attempt_at = clock_timestamp(), first_attempt_at = NULL, attempts = 0
            WHERE status = 'dead' AND id = (
                SELECT id FROM nba_orchestration.deliveries
                WHERE subscription_id = ? AND status IN ('dead', 'delivered') ORDER BY id DESC LIMIT 1)
            """;

    /** Those that were being retried begin anew: what was wrong may be mended. */
    private static final String AT_ONCE = """
            UPDATE nba_orchestration.deliveries SET next_attempt_at = clock_timestamp(), first_attempt_at = NULL, attempts = 0
            WHERE subscription_id = ? AND status = 'pending' AND attempts > 0
            """;

    private static final String SKIP = """
            UPDATE nba_orchestration.deliveries SET status = 'skipped', next_attempt_at = NULL
            WHERE subscription_id = ? AND status = 'pending'
            """;

    private final Statements statements;

    DeliveryTable(Statements statements) {
        this.statements = statements;
    }

    /**
     * Adds what is owed from now on, in this order, but for effects that are or were owed already; in the caller's
     * transaction.
     *
     * @return how many it added
     */
    int owe(List<NewDelivery> owed) {
        if (owed.isEmpty()) {
            return 0;
        }
        Set<Effect> known = known(owed);
        List<NewDelivery> fresh = owed.stream()
                .filter(each -> known.add(new Effect(each.subscription(), each.effect())))
                .toList();
        if (!fresh.isEmpty()) {
            insert(fresh);
        }
        return fresh.size();
    }

    private Set<Effect> known(List<NewDelivery> owed) {
        return new HashSet<>(
                statements.list(KNOWN, Effect::read, subscriptions(owed), texts(owed, NewDelivery::effect)));
    }

    /** Each tells the one before it, which the subscription's own row knows at the beginning. */
    private void insert(List<NewDelivery> owed) {
        Map<UUID, @Nullable Long> last = new HashMap<>();
        statements
                .list(LAST, LastSequence::read, (Object) subscriptions(owed))
                .forEach(row -> last.put(row.id(), row.value()));
        List<@Nullable Long> previous = new ArrayList<>();
        for (NewDelivery each : owed) {
            previous.add(last.put(each.subscription(), each.sequence()));
        }
        statements.update(
                OWE,
                subscriptions(owed),
                owed.stream().map(NewDelivery::sequence).toArray(Long[]::new),
                previous.toArray(Long[]::new),
                texts(owed, NewDelivery::event),
                texts(owed, NewDelivery::effect));
        List<UUID> ids = List.copyOf(last.keySet());
        statements.update(
                MOVE, ids.toArray(UUID[]::new), ids.stream().map(last::get).toArray(Long[]::new));
    }

    /** What each is owed; nothing for those that are owed nothing. */
    Map<UUID, Backlog> backlogs(Collection<UUID> subscriptions) {
        Map<UUID, Backlog> backlogs = new HashMap<>();
        statements
                .list(BACKLOGS, DeliveryTable::backlog, (Object) subscriptions.toArray(UUID[]::new))
                .forEach(each -> backlogs.put(each.getKey(), each.getValue()));
        return backlogs;
    }

    private static Map.Entry<UUID, Backlog> backlog(ResultSet row) throws SQLException {
        return Map.entry(
                row.getObject("id", UUID.class),
                new Backlog(
                        row.getLong("pending"),
                        Statements.instant(row, "created_at"),
                        row.getInt("attempts"),
                        Statements.instant(row, "next_attempt_at"),
                        row.getString("error")));
    }

    /** The newest whose id is lower than this one, at most so many, newest first. */
    List<Delivery> page(UUID subscription, long below, @Nullable String status, int limit) {
        return statements.list(PAGE, Delivery::read, subscription, below, status, status, limit);
    }

    /**
     * Owes again what was owed before.
     *
     * @return how many calls
     */
    @Transactional(Transactional.TxType.MANDATORY)
    int replay(UUID subscription, long first, long last) {
        return statements.update(AGAIN, subscription, first, last);
    }

    /** Goes on with a subscription that was disabled. */
    @Transactional(Transactional.TxType.MANDATORY)
    void resume(UUID subscription, Resume resume) {
        switch (resume) {
            case FROM -> statements.update(FROM, subscription);
            case AFTER -> {}
            case NOW -> statements.update(SKIP, subscription);
        }
        statements.update(AT_ONCE, subscription);
    }

    private static UUID[] subscriptions(List<NewDelivery> owed) {
        return owed.stream().map(NewDelivery::subscription).toArray(UUID[]::new);
    }

    private static String[] texts(List<NewDelivery> owed, Function<NewDelivery, String> column) {
        return owed.stream().map(column).toArray(String[]::new);
    }

    /** Where a subscription that is enabled again goes on. */
    enum Resume {
        /** With the call that was given up. */
        FROM,
        /** With the call after that. */
        AFTER,
        /** With what happens from now on. */
        NOW
    }

    /** Told when a call may be due, so that it need not wait for the next look. */
    record MoreIsOwed() {}

    /** What a subscription may be told once. */
    private record Effect(UUID subscription, String name) {

        static Effect read(ResultSet row) throws SQLException {
            return new Effect(row.getObject("subscription_id", UUID.class), row.getString("effect"));
        }
    }

    /** The newest call that a subscription was owed. */
    private record LastSequence(UUID id, @Nullable Long value) {

        static LastSequence read(ResultSet row) throws SQLException {
            return new LastSequence(row.getObject("id", UUID.class), row.getObject("last_sequence", Long.class));
        }
    }
}
