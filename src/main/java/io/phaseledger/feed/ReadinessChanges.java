package io.phaseledger.feed;

import io.phaseledger.database.Statements;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Positions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The announced changes of readiness: entries that a follower of the ledger adds to it. */
@ApplicationScoped
public class ReadinessChanges {

    private static final String INSERT = """
            INSERT INTO nba_orchestration.readiness_changes
                (position, policy, version, game_date, from_state, to_state, cause, is_imported, is_backfill, is_past,
                 reasons, expires_at, as_of, known_position, inserted_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?, ?, ?, ?)
            """;

    private static final String AT = "SELECT * FROM nba_orchestration.readiness_changes WHERE position = ANY (?)";

    private final Positions positions;
    private final Statements statements;

    ReadinessChanges(Positions positions, Statements statements) {
        this.positions = positions;
        this.statements = statements;
    }

    /** Announces them, in their order, when the caller's transaction is committed. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(List<ReadinessChange> changes) {
        Head head = positions.lock();
        Instant first = head.nextLearnedAt();
        for (int i = 0; i < changes.size(); i++) {
            statements.update(
                    INSERT, changes.get(i).columns(head.position() + 1 + i, first.plus(i, ChronoUnit.MICROS)));
        }
    }

    Map<Long, Object> at(Collection<Long> wanted) {
        return wanted.isEmpty()
                ? Map.of()
                : statements.list(AT, ReadinessChange::read, (Object) wanted.toArray(Long[]::new)).stream()
                        .collect(Collectors.toMap(ReadinessChange::position, change -> change));
    }
}
