package io.phaseledger.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** The embedded server's superuser, who makes the service an ordinary role and a database that it owns. */
final class Superuser {

    static final String NAME = "postgres";

    /** Both the role and its database: the service works with no more rights than a shared PostgreSQL would give. */
    static final String LEDGER = "phase_ledger";

    private static final int CONNECT_BOUND_SECONDS = 10;

    private Superuser() {}

    static void createLedgerIfAbsent(int port) throws SQLException {
        try (Connection connection = dataSource(port).getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + LEDGER + "'")) {
                statement.execute("CREATE ROLE " + LEDGER + " LOGIN");
            }
            if (!exists(statement, "SELECT FROM pg_database WHERE datname = '" + LEDGER + "'")) {
                statement.execute("CREATE DATABASE " + LEDGER + " OWNER " + LEDGER);
            }
        }
    }

    private static PGSimpleDataSource dataSource(int port) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {Ports.HOST});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(NAME);
        source.setUser(NAME);
        source.setConnectTimeout(CONNECT_BOUND_SECONDS);
        return source;
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }
}
