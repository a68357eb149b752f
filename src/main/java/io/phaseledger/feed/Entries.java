package io.phaseledger.feed;

import io.phaseledger.http.EnumNames;
import io.phaseledger.readiness.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the ledger in order, whatever took the positions. */
final class Entries {

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

    private static final int TABLES = 4;

    private static final String HEAD = "SELECT position FROM nba_orchestration.ledger_head";

    private Entries() {}

    /** Those that come next after a position, at most so many, rising. */
    static List<Entry> after(Connection connection, long position, int limit) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(AFTER)) {
            for (int table = 0; table < TABLES; table++) {
                select.setLong(2 * table + 1, position);
                select.setInt(2 * table + 2, limit);
            }
            select.setInt(2 * TABLES + 1, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row));
                }
            }
        }
        return entries;
    }

    /** The position of the newest of all; 0 when there is none. */
    static long head(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(HEAD);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
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
