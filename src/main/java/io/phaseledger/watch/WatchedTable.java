package io.phaseledger.watch;

import io.phaseledger.gate.Standing;
import io.phaseledger.readiness.State;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/** What was last seen of each verdict that something happened to. */
@ApplicationScoped
class WatchedTable {

    /** As many as are looked at in one turn. */
    private static final int TURN = 200;

    private static final String STATE =
            "SELECT state FROM nba_orchestration.readiness_watched WHERE policy = :policy AND game_date = :game_date";

    private static final String DUE = """
            SELECT policy, game_date FROM nba_orchestration.readiness_watched
            WHERE look_at <= :now ORDER BY look_at, policy, game_date LIMIT :most
            """;

    private static final String KEEP = """
            INSERT INTO nba_orchestration.readiness_watched (policy, game_date, state, look_at)
            VALUES (:policy, :game_date, :state, :look_at)
            ON CONFLICT (policy, game_date) DO UPDATE SET state = EXCLUDED.state, look_at = EXCLUDED.look_at
            """;

    private final EntityManager entities;

    WatchedTable(EntityManager entities) {
        this.entities = entities;
    }

    /** The state that was last seen; empty when it was never looked at. */
    Optional<State> state(PolicyDate about) {
        return session()
                .createNativeQuery(STATE, String.class)
                .setParameter("policy", about.policy())
                .setParameter("game_date", about.gameDate())
                .getResultStream()
                .findFirst()
                .map(State::of);
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

    void keep(Standing seen) {
        session()
                .createNativeMutationQuery(KEEP)
                .setParameter("policy", seen.policy())
                .setParameter("game_date", seen.gameDate())
                .setParameter("state", seen.state().word())
                .setParameter("look_at", seen.nextTurn(), Instant.class)
                .executeUpdate();
    }

    private Session session() {
        return entities.unwrap(Session.class);
    }
}
