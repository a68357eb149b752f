package io.phaseledger.policy;

import io.phaseledger.database.Statements;
import io.phaseledger.readiness.DatedSlate;
import io.phaseledger.readiness.SlateHistory;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Objects;

/** All slates that were ever said, kept in memory, for there are few for each date; only those that are new are read. */
@ApplicationScoped
public class SlateBook {

    static final String NEWER = """
            SELECT game_date, units, position, inserted_at
            FROM nba_orchestration.slates WHERE position > ? AND position <= ? ORDER BY position
            """;

    private volatile Kept kept = new Kept(0, SlateHistory.none());

    /**
     * As they were told up to a position.
     *
     * @param newest the position of the newest slate that is known to be there
     */
    public SlateHistory upTo(long position, long newest, Connection connection) throws SQLException {
        Kept known = kept;
        return (known.position >= newest ? known : readOn(newest, connection)).history.upTo(position);
    }

    private synchronized Kept readOn(long newest, Connection connection) throws SQLException {
        if (kept.position < newest) {
            try (PreparedStatement select = connection.prepareStatement(NEWER)) {
                Statements.bind(select, kept.position, newest);
                kept = new Kept(newest, kept.history.and(Statements.rows(select, SlateBook::slate)));
            }
        }
        return kept;
    }

    private static DatedSlate slate(ResultSet row) throws SQLException {
        return new DatedSlate(
                row.getObject("game_date", LocalDate.class),
                row.getInt("units"),
                row.getLong("position"),
                Objects.requireNonNull(Statements.instant(row, "inserted_at")));
    }

    /** What was read, up to a position. */
    private record Kept(long position, SlateHistory history) {}
}
