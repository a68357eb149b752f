package io.phaseledger.feed;

import io.phaseledger.database.Statements;
import io.phaseledger.http.EnumNames;
import io.phaseledger.readiness.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the ledger in order, whatever took the positions. */
@ApplicationScoped
public class FeedReader {

    /**
     * What takes positions is in several tables, and each has an index that gives it in order. Each is asked for a page of
     * its own: otherwise, PostgreSQL would read all that is left of them and sort it.
     */
    static final String AFTER = """
            (SELECT position, kind AS type, phase, processor_name, game_date, NULL::text AS policy, is_backfill,
                    imported_at IS NOT NULL AS is_imported, false AS is_past, NULL::text AS to_state
             FROM nba_orchestration.phase_completions WHERE position > ? ORDER BY position LIMIT ?)
            UNION ALL
            (SELECT position, 'policy', NULL, NULL, NULL::date, name, false, false, false, NULL
             FROM nba_orchestration.policy_versions WHERE position > ? ORDER BY position LIMIT ?)
            UNION ALL
            (SELECT position, 'slate', NULL, NULL, game_date, NULL, false, imported_at IS NOT NULL, false, NULL
             FROM nba_orchestration.slates WHERE position > ? ORDER BY position LIMIT ?)
            UNION ALL
            (SELECT position, 'readiness', NULL, NULL, game_date, policy, is_backfill, is_imported, is_past, to_state
             FROM nba_orchestration.readiness_changes WHERE position > ? ORDER BY position LIMIT ?)
            ORDER BY position LIMIT ?
            """;

    private static final String HEAD = "SELECT position FROM nba_orchestration.ledger_head";

    private final Statements statements;

    FeedReader(Statements statements) {
        this.statements = statements;
    }

    /** The entries that come next after a position, at most so many, in order and without a gap. */
    public List<Entry> after(long position, int limit) {
        return statements.use(connection -> after(connection, position, limit));
    }

    /** The same on a connection of the caller's own. */
    static List<Entry> after(Connection connection, long position, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(AFTER)) {
            Statements.bind(select, position, limit, position, limit, position, limit, position, limit, limit);
            return Statements.rows(select, FeedReader::entry);
        }
    }

    /** The position of the newest of all; 0 when there is none. */
    static long head(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(HEAD)) {
            return Statements.rows(select, row -> row.getLong("position")).get(0);
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("position"),
                EnumNames.constant(Entry.Type.class, row.getString("type")),
                row.getString("phase"),
                row.getString("processor_name"),
                row.getObject("game_date", LocalDate.class),
                row.getString("policy"),
                row.getBoolean("is_backfill"),
                row.getBoolean("is_imported"),
                row.getBoolean("is_past"),
                state(row.getString("to_state")));
    }

    private static @Nullable State state(@Nullable String word) {
        return word == null ? null : EnumNames.constant(State.class, word);
    }
}
