package io.phaseledger.watch;

import io.phaseledger.database.Statements;
import io.phaseledger.gate.PolicyDate;
import io.phaseledger.gate.VerdictSnapshot;
import io.phaseledger.http.EnumNames;
import io.phaseledger.readiness.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
            WHERE look_at <= ? ORDER BY look_at, policy, game_date LIMIT ?
            """;

    private static final String KEEP = """
            INSERT INTO nba_orchestration.readiness_watched (policy, game_date, state, look_at)
            SELECT * FROM unnest(?::text[], ?::date[], ?::text[], ?::timestamptz[])
            ON CONFLICT (policy, game_date) DO UPDATE SET state = EXCLUDED.state, look_at = EXCLUDED.look_at
            """;

    private final Statements statements;

    WatchedTable(Statements statements) {
        this.statements = statements;
    }

    /** The states that were last seen, by what was ever looked at. */
    Map<PolicyDate, State> states(Collection<PolicyDate> about) {
        Map<PolicyDate, State> states = new HashMap<>();
        statements
                .list(
                        STATES,
                        row -> Map.entry(about(row), EnumNames.constant(State.class, row.getString("state"))),
                        about.stream().map(PolicyDate::policy).toArray(String[]::new),
                        about.stream().map(PolicyDate::gameDate).toArray(LocalDate[]::new))
                .forEach(each -> states.put(each.getKey(), each.getValue()));
        return states;
    }

    /** Those that the clock alone may have changed by now. */
    List<PolicyDate> due(Instant now) {
        return statements.list(DUE, WatchedTable::about, now, TURN);
    }

    private static PolicyDate about(ResultSet row) throws SQLException {
        return new PolicyDate(row.getString("policy"), row.getObject("game_date", LocalDate.class));
    }

    void keep(Collection<VerdictSnapshot> seen) {
        if (!seen.isEmpty()) {
            statements.update(
                    KEEP,
                    seen.stream().map(VerdictSnapshot::policy).toArray(String[]::new),
                    seen.stream().map(VerdictSnapshot::gameDate).toArray(LocalDate[]::new),
                    seen.stream().map(each -> EnumNames.of(each.state())).toArray(String[]::new),
                    seen.stream().map(VerdictSnapshot::nextTurn).toArray(Instant[]::new));
        }
    }
}
