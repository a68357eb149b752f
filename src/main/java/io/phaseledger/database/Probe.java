package io.phaseledger.database;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A connection beside the pool on which one small question is asked again and again.
 *
 * <p>For one thread.
 */
final class Probe {

    /** A standby, or a server that was told to take no writes, is none that a ledger can be kept in. */
    private static final String QUESTION = "SHOW transaction_read_only";

    private static final String LITTLE_MEMORY = "SET LOCAL work_mem = '64kB'";

    /** More than fits into that memory, about a megabyte, and so is written to a file beside the tables of the database. */
    private static final String MUCH = "SELECT count(*) FROM generate_series(1, 50000)";

    private static final String READ_ONLY_TRANSACTION = "25006";

    private final DataSource source;
    private @Nullable Connection connection;

    Probe(DataSource source) {
        this.source = source;
    }

    /**
     * Returns if the database is there and takes writes.
     *
     * @throws SQLException with what it said, or that it said nothing in time
     */
    void ask() throws SQLException {
        Connection kept = connection;
        if (kept == null || !answers(kept)) {
            askOnANewOne();
        }
    }

    /** False if this one connection was ended, by an operator or a restart: the next may be taken at once. */
    private boolean answers(Connection kept) throws SQLException {
        try {
            ask(kept);
            return true;
        } catch (SQLException e) {
            close();
            if (isSilence(e) || isReadOnly(e)) {
                throw e;
            }
            return false;
        }
    }

    private void askOnANewOne() throws SQLException {
        Connection made = source.getConnection();
        connection = made;
        try {
            ask(made);
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private static void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(QUESTION)) {
            answer.next();
            if (answer.getString(1).equals("on")) {
                throw new SQLException(
                        "the database takes no writes: it is a standby, or was told so", READ_ONLY_TRANSACTION);
            }
        }
    }

    /**
     * Writes to the disk that the tables are on; it takes no rights and leaves nothing behind. To be called when it has
     * answered.
     *
     * @throws SQLException with what it said
     */
    void write() throws SQLException {
        Connection kept = connection;
        if (kept == null) {
            return;
        }
        kept.setAutoCommit(false);
        try (Statement statement = kept.createStatement()) {
            statement.execute(LITTLE_MEMORY);
            statement.execute(MUCH);
        } finally {
            kept.rollback();
            kept.setAutoCommit(true);
        }
    }

    private static boolean isSilence(SQLException e) {
        return e.getCause() instanceof SocketTimeoutException;
    }

    /** Whether it is there and takes no writes. */
    static boolean isReadOnly(SQLException e) {
        return READ_ONLY_TRANSACTION.equals(e.getSQLState());
    }

    /** Without a word, because the server may not listen. */
    void close() throws SQLException {
        Connection kept = connection;
        connection = null;
        if (kept != null) {
            kept.abort(Runnable::run);
        }
    }
}
