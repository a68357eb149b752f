package io.phaseledger.subscription;

import io.phaseledger.database.Statements;
import io.phaseledger.feed.Entry;
import io.phaseledger.gate.PolicyDate;
import io.phaseledger.gate.VerdictReader;
import io.phaseledger.gate.VerdictSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/** Verdicts that are told once they have stood for a while. */
@ApplicationScoped
class Debounce {

    /** As many as are looked at in one turn. */
    private static final int TURN = 200;

    /** It stands since it was announced, by the clock by which that was. */
    private static final String BEGIN = """
            INSERT INTO nba_orchestration.settling (subscription_id, policy, game_date, event, position, due_at)
            SELECT ?, policy, game_date, ?, position, inserted_at + ? * interval '1 second'
            FROM nba_orchestration.readiness_changes WHERE position = ?
            ON CONFLICT (subscription_id, policy, game_date) DO UPDATE
            SET event = EXCLUDED.event, position = EXCLUDED.position, due_at = EXCLUDED.due_at
            """;

    private static final String CANCEL = """
            UPDATE nba_orchestration.settling SET due_at = NULL
            WHERE subscription_id = ? AND policy = ? AND game_date = ?
            """;

    /** Taken once: what is returned is due no more. */
    private static final String TAKE = """
            WITH due AS (
                SELECT subscription_id, policy, game_date FROM nba_orchestration.settling
                WHERE due_at <= clock_timestamp() ORDER BY due_at LIMIT ?
            )
            UPDATE nba_orchestration.settling AS s SET due_at = NULL FROM due
            WHERE (s.subscription_id, s.policy, s.game_date) = (due.subscription_id, due.policy, due.game_date)
            RETURNING s.subscription_id, s.policy, s.game_date, s.event, s.position
            """;

    /** A change that was not announced, because it undid itself, or is not announced yet: then it ends this. */
    private static final String WAIT_AGAIN = """
            UPDATE nba_orchestration.settling AS s
            SET due_at = clock_timestamp() + t.settle_seconds * interval '1 second'
            FROM nba_orchestration.subscriptions AS t
            WHERE t.id = s.subscription_id AND t.settle_seconds IS NOT NULL
              AND s.subscription_id = ? AND s.policy = ? AND s.game_date = ?
            """;

    private final Statements statements;
    private final VerdictReader standings;

    Debounce(Statements statements, VerdictReader standings) {
        this.statements = statements;
        this.standings = standings;
    }

    /** A verdict has become another: what it was has not settled, and what it is may. */
    void changed(SubscriptionRow subscription, Entry change, boolean isWanted) {
        if (isWanted) {
            long settle =
                    Objects.requireNonNull(subscription.definition.settle()).toSeconds();
            statements.update(BEGIN, subscription.id, EventName.of(change), settle, change.position());
        } else {
            statements.update(CANCEL, subscription.id, change.policy(), change.gameDate());
        }
    }

    /** Those whose time has come, and which are still so. */
    List<NewDelivery> settled() {
        List<Stood> due = statements.list(TAKE, Stood::read, TURN).stream()
                .sorted(Comparator.comparingLong(Stood::position))
                .toList();
        Map<PolicyDate, VerdictSnapshot> now = due.isEmpty() ? Map.of() : standings.now(about(due));
        due.stream().filter(each -> !each.isStill(now)).forEach(this::waitAgain);
        return due.stream().filter(each -> each.isStill(now)).map(Stood::owed).toList();
    }

    private void waitAgain(Stood interrupted) {
        PolicyDate about = interrupted.about();
        statements.update(WAIT_AGAIN, interrupted.subscription(), about.policy(), about.gameDate());
    }

    private static Collection<PolicyDate> about(List<Stood> due) {
        return due.stream().map(Stood::about).collect(Collectors.toSet());
    }

    /** A verdict that stood for as long as a subscription asks. */
    private record Stood(UUID subscription, PolicyDate about, String event, long position) {

        static Stood read(ResultSet row) throws SQLException {
            return new Stood(
                    row.getObject("subscription_id", UUID.class),
                    new PolicyDate(row.getString("policy"), row.getObject("game_date", LocalDate.class)),
                    row.getString("event"),
                    row.getLong("position"));
        }

        boolean isStill(Map<PolicyDate, VerdictSnapshot> now) {
            return EventName.of(Objects.requireNonNull(now.get(about)).state()).equals(event);
        }

        NewDelivery owed() {
            return NewDelivery.settled(subscription, position, event, about.policy(), about.gameDate());
        }
    }
}
