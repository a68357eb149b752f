package io.phaseledger.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.security.SimplePassword;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A connection beside the pool, made as the pool makes its own, on which one small question is asked again and again.
 *
 * <p>For one thread.
 */
final class Probe {

    /** A standby, or a server that was told to take no writes, is none that a ledger can be kept in. */
    private static final String QUESTION = "SHOW transaction_read_only";

    private static final String READ_ONLY_TRANSACTION = "25006";

    private final PGSimpleDataSource source;
    private @Nullable Connection connection;

    /** @param timeout until a connection is made, and until a question is answered; counted in whole seconds */
    static Probe like(AgroalDataSource pool, Duration timeout) throws SQLException {
        AgroalConnectionFactoryConfiguration factory =
                pool.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
        Properties properties = new Properties();
        properties.putAll(factory.jdbcProperties());
        if (factory.principal() != null) {
            properties.put("user", factory.principal().getName());
        }
        for (Object credential : factory.credentials()) {
            if (credential instanceof SimplePassword password) {
                properties.putAll(password.asProperties());
            }
        }
        return new Probe(factory.jdbcUrl(), properties, (int) Math.max(1, timeout.toSeconds()));
    }

    private Probe(String url, Properties properties, int timeoutSeconds) throws SQLException {
        source = new PGSimpleDataSource();
        source.setUrl(url);
        for (String name : properties.stringPropertyNames()) {
            source.setProperty(name, properties.getProperty(name));
        }
        source.setConnectTimeout(timeoutSeconds);
        source.setSocketTimeout(timeoutSeconds);
        // The bounds above are enough, and this one costs a thread for each connection that is made.
        source.setLoginTimeout(0);
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

    private static boolean isSilence(SQLException e) {
        return e.getCause() instanceof SocketTimeoutException;
    }

    private static boolean isReadOnly(SQLException e) {
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
