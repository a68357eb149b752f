package io.phaseledger.feed;

import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.OptionalLong;

/** How far each sink has come: a row each, locked by whichever instance runs the sink. */
@ApplicationScoped
public class SinkCursors {

    /** A sink that is new starts at the end: what was before it is history, not news. */
    private static final String BEGIN = """
            INSERT INTO nba_orchestration.feed_cursors (sink, position, updated_at)
            SELECT ?, position, clock FROM nba_orchestration.ledger_head
            ON CONFLICT (sink) DO NOTHING
            """;

    /** For a sink to which history is as good as news. */
    private static final String BEGIN_AT_START = """
            INSERT INTO nba_orchestration.feed_cursors (sink, position, updated_at)
            VALUES (?, 0, clock_timestamp())
            ON CONFLICT (sink) DO NOTHING
            """;

    private static final String READ = "SELECT position FROM nba_orchestration.feed_cursors WHERE sink = ?";

    private static final String HOLD = READ + " FOR UPDATE";

    private static final String LOCK = HOLD + " SKIP LOCKED";

    private static final String MOVE =
            "UPDATE nba_orchestration.feed_cursors SET position = ?, updated_at = clock_timestamp() WHERE sink = ?";

    private final Statements statements;

    SinkCursors(Statements statements) {
        this.statements = statements;
    }

    /**
     * Keeps a sink from taking anything until the caller's transaction ends; waits for the page that it is about.
     *
     * <p>What the caller writes is seen by the sink at the next page, whichever instance runs it.
     */
    @Transactional(TxType.MANDATORY)
    public void hold(String sink) {
        begin(sink);
        query(HOLD, sink);
    }

    /**
     * Takes the cursor of a sink that follows the ledger at a pace of its own, from its very beginning, for as long as the
     * caller's transaction lasts; empty while another instance has it.
     */
    @Transactional(TxType.MANDATORY)
    public OptionalLong take(String sink) {
        statements.update(BEGIN_AT_START, sink);
        return lock(sink);
    }

    /** Moves a cursor that the caller's transaction has taken. */
    @Transactional(TxType.MANDATORY)
    public void move(String sink, long position) {
        statements.update(MOVE, position, sink);
    }

    /** Where a cursor is, whichever instance has it; 0 where there is none yet. */
    public long position(String sink) {
        return read(sink).orElse(0);
    }

    void begin(String sink) {
        statements.update(BEGIN, sink);
    }

    /** The cursor, held until the transaction ends; empty while another instance holds it, or when there is none. */
    OptionalLong lock(String sink) {
        return query(LOCK, sink);
    }

    OptionalLong read(String sink) {
        return query(READ, sink);
    }

    private OptionalLong query(String sql, String sink) {
        return statements.list(sql, row -> row.getLong("position"), sink).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }
}
