package io.phaseledger.feed;

import io.phaseledger.database.DirectConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A connection beside the pool on which notifications come, and on which the ledger is read when they do, so that a
 * crowd of requests that takes the whole pool keeps no waiter waiting.
 *
 * <p>For one thread; only {@link #cut} may come from another.
 */
final class Wire {

    private static final String PURPOSE = "feed";
    private static final String LISTEN = "LISTEN phase_ledger";

    /** For one answer; the next may go on by another connection then. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final DirectConnections direct;
    private volatile @Nullable Connection connection;

    Wire(DirectConnections direct) {
        this.direct = direct;
    }

    /** An open connection that listens. */
    Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = direct.source(PURPOSE, TIMEOUT).getConnection();
            connection = open;
            try (Statement listen = open.createStatement()) {
                listen.execute(LISTEN);
            }
        }
        return open;
    }

    /** Returns when something was added, or after so long. */
    void await(Duration longest) throws SQLException {
        connection().unwrap(PGConnection.class).getNotifications((int) longest.toMillis());
    }

    /** The next is made when it is needed. */
    void cut() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                // It is gone either way.
            }
        }
    }
}
