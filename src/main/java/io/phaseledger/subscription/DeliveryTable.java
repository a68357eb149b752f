package io.phaseledger.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The table of what is owed, as those who owe and those who look see it; who calls has {@link Calls}. */
@ApplicationScoped
class DeliveryTable {

    private static final String KNOWN = """
            SELECT d.subscription_id, d.effect FROM unnest(?::uuid[], ?::text[]) AS o (subscription_id, effect)
            JOIN nba_orchestration.deliveries AS d USING (subscription_id, effect)
            """;

    /** Held in this order, as whoever else changes several at once holds them. */
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

    private final EntityManager entities;

    DeliveryTable(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Adds what is owed from now on, in this order, but for effects that are or were owed already.
     *
     * @return how many it added
     */
    int owe(List<Owed> owed) {
        return owed.isEmpty() ? 0 : session().doReturningWork(connection -> owe(connection, owed));
    }

    private static int owe(Connection connection, List<Owed> owed) throws SQLException {
        Set<List<Object>> known = known(connection, owed);
        List<Owed> fresh = owed.stream()
                .filter(each -> known.add(List.of(each.subscription(), each.effect())))
                .toList();
        if (!fresh.isEmpty()) {
            insert(connection, fresh);
        }
        return fresh.size();
    }

    private static Set<List<Object>> known(Connection connection, List<Owed> owed) throws SQLException {
        Set<List<Object>> known = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(KNOWN)) {
            select.setArray(1, connection.createArrayOf("uuid", each(owed, Owed::subscription)));
            select.setArray(2, connection.createArrayOf("text", each(owed, Owed::effect)));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    known.add(List.of(row.getObject(1, UUID.class), row.getString(2)));
                }
            }
        }
        return known;
    }

    /** Each tells the one before it, which the subscription's own row knows at the beginning. */
    private static void insert(Connection connection, List<Owed> owed) throws SQLException {
        Map<UUID, @Nullable Long> last = last(connection, owed);
        List<@Nullable Long> previous = new ArrayList<>();
        for (Owed each : owed) {
            previous.add(last.put(each.subscription(), each.sequence()));
        }
        try (PreparedStatement insert = connection.prepareStatement(OWE);
                PreparedStatement move = connection.prepareStatement(MOVE)) {
            insert.setArray(1, connection.createArrayOf("uuid", each(owed, Owed::subscription)));
            insert.setArray(2, connection.createArrayOf("bigint", each(owed, Owed::sequence)));
            insert.setArray(3, connection.createArrayOf("bigint", previous.toArray()));
            insert.setArray(4, connection.createArrayOf("text", each(owed, Owed::event)));
            insert.setArray(5, connection.createArrayOf("text", each(owed, Owed::effect)));
            insert.executeUpdate();
            List<UUID> ids = List.copyOf(last.keySet());
            move.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            move.setArray(2, connection.createArrayOf("bigint", each(ids, last::get)));
            move.executeUpdate();
        }
    }

    private static Map<UUID, @Nullable Long> last(Connection connection, List<Owed> owed) throws SQLException {
        Map<UUID, @Nullable Long> last = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(LAST)) {
            Object[] ids = owed.stream().map(Owed::subscription).distinct().toArray();
            select.setArray(1, connection.createArrayOf("uuid", ids));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    last.put(row.getObject(1, UUID.class), row.getObject(2, Long.class));
                }
            }
        }
        return last;
    }

    /** What each is owed; nothing for those that are owed nothing. */
    @Transactional
    Map<UUID, Backlog> backlogs(Collection<UUID> subscriptions) {
        return session().doReturningWork(connection -> {
            Map<UUID, Backlog> backlogs = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement(BACKLOGS)) {
                select.setArray(1, connection.createArrayOf("uuid", subscriptions.toArray()));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        backlogs.put(row.getObject("id", UUID.class), backlog(row));
                    }
                }
            }
            return backlogs;
        });
    }

    private static Backlog backlog(ResultSet row) throws SQLException {
        return new Backlog(
                row.getLong("pending"),
                Delivery.instant(row, "created_at"),
                row.getInt("attempts"),
                Delivery.instant(row, "next_attempt_at"),
                row.getString("error"));
    }

    /** The newest whose id is lower than this one, at most so many, newest first. */
    @Transactional
    List<Delivery> page(UUID subscription, long below, @Nullable String status, int limit) {
        return session().doReturningWork(connection -> {
            try (PreparedStatement select = connection.prepareStatement(PAGE)) {
                select.setObject(1, subscription);
                select.setLong(2, below);
                select.setString(3, status);
                select.setString(4, status);
                select.setInt(5, limit);
                return read(select);
            }
        });
    }

    static List<Delivery> read(PreparedStatement select) throws SQLException {
        List<Delivery> deliveries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                deliveries.add(Delivery.read(row));
            }
        }
        return deliveries;
    }

    private static <T> Object[] each(List<T> all, Function<T, ?> column) {
        return all.stream().map(column).toArray();
    }

    private Session session() {
        return entities.unwrap(Session.class);
    }
}
