package io.phaseledger.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** The table of cursors, each locked by whichever instance runs its sink. */
final class Cursors {

    /** A sink that is new starts at the end: what was before it is history, not news. */
    private static final String BEGIN = """
            INSERT INTO nba_orchestration.feed_cursors (sink, position, updated_at)
            SELECT ?, position, clock FROM nba_orchestration.ledger_head
            ON CONFLICT (sink) DO NOTHING
            """;

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

    private Cursors() {}

    static void begin(Connection connection, String sink) throws SQLException {
        begin(connection, BEGIN, sink);
    }

    /** For a sink to which history is as good as news. */
    static void beginAtStart(Connection connection, String sink) throws SQLException {
        begin(connection, BEGIN_AT_START, sink);
    }

    private static void begin(Connection connection, String statement, String sink) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            insert.setString(1, sink);
            insert.executeUpdate();
        }
    }

    /** The cursor, held until the transaction ends; empty while another instance holds it, or when there is none. */
    static OptionalLong lock(Connection connection, String sink) throws SQLException {
        return position(connection, LOCK, sink);
    }

    /** Waits until nobody holds the cursor, and holds it until the transaction ends. */
    static void hold(Connection connection, String sink) throws SQLException {
        position(connection, HOLD, sink);
    }

    /** The cursor, whoever holds it; empty when there is none. */
    static OptionalLong read(Connection connection, String sink) throws SQLException {
        return position(connection, READ, sink);
    }

    /** In the transaction that locked it. */
    static void move(Connection connection, String sink, long position) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(MOVE)) {
            update.setLong(1, position);
            update.setString(2, sink);
            update.executeUpdate();
        }
    }

    private static OptionalLong position(Connection connection, String query, String sink) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, sink);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }
}
