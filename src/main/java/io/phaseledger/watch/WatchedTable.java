package io.phaseledger.watch;

import io.phaseledger.gate.PolicyDate;
import io.phaseledger.gate.Standing;
import io.phaseledger.readiness.State;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** What was last seen of each verdict that something happened to. */
@ApplicationScoped
class WatchedTable {

    /** As many as are looked at in one turn. */
    private static final int TURN = 200;

    private static final String STATES = """
            SELECT policy, game_date, state FROM unnest(?::text[], ?::date[]) AS about (policy, game_date)
            JOIN nba_orchestration.readiness_watched USING (policy, game_date)
            """;

    private static final String DUE = """
            SELECT policy, game_date FROM nba_orchestration.readiness_watched
            WHERE look_at <= :now ORDER BY look_at, policy, game_date LIMIT :most
            """;

    private static final String KEEP = """
            INSERT INTO nba_orchestration.readiness_watched (policy, game_date, state, look_at)
            SELECT * FROM unnest(?::text[], ?::date[], ?::text[], ?::timestamptz[])
            ON CONFLICT (policy, game_date) DO UPDATE SET state = EXCLUDED.state, look_at = EXCLUDED.look_at
            """;

    private final EntityManager entities;

    WatchedTable(EntityManager entities) {
        this.entities = entities;
    }

    /** The states that were last seen, by what was ever looked at. */
    Map<PolicyDate, State> states(Collection<PolicyDate> about) {
        Map<PolicyDate, State> states = new HashMap<>();
        if (!about.isEmpty()) {
            session().doWork(connection -> read(connection, about, states));
        }
        return states;
    }

    private static void read(Connection connection, Collection<PolicyDate> about, Map<PolicyDate, State> states)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(STATES)) {
            select.setArray(1, array(connection, "text", about, PolicyDate::policy));
            select.setArray(2, array(connection, "date", about, PolicyDate::gameDate));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    states.put(
                            new PolicyDate(row.getString("policy"), row.getObject("game_date", LocalDate.class)),
                            State.of(row.getString("state")));
                }
            }
        }
    }

    /** Those that the clock alone may have changed by now. */
    List<PolicyDate> due(Instant now) {
        return session()
                .createNativeQuery(DUE, Object[].class)
                .addScalar("policy", String.class)
                .addScalar("game_date", LocalDate.class)
                .setParameter("now", now)
                .setParameter("most", TURN)
                .getResultStream()
                .map(row -> new PolicyDate((String) row[0], (LocalDate) row[1]))
                .toList();
    }

    void keep(Collection<Standing> seen) {
        if (!seen.isEmpty()) {
            session().doWork(connection -> write(connection, seen));
        }
    }

    private static void write(Connection connection, Collection<Standing> seen) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(KEEP)) {
            insert.setArray(1, array(connection, "text", seen, Standing::policy));
            insert.setArray(2, array(connection, "date", seen, Standing::gameDate));
            insert.setArray(
                    3, array(connection, "text", seen, each -> each.state().word()));
            insert.setArray(4, array(connection, "timestamptz", seen, WatchedTable::lookAt));
            insert.executeUpdate();
        }
    }

    private static @Nullable Object lookAt(Standing seen) {
        return seen.nextTurn() == null ? null : seen.nextTurn().atOffset(ZoneOffset.UTC);
    }

    private static <T> Array array(
            Connection connection, String type, Collection<T> all, Function<T, @Nullable Object> column)
            throws SQLException {
        return connection.createArrayOf(type, all.stream().map(column).toArray());
    }

    private Session session() {
        return entities.unwrap(Session.class);
    }
}
