package io.phaseledger.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** How one role gets into the database of the ledger. */
public record Login(int port, String user, String password) {

    static final String DATABASE = "phase_ledger";

    public String jdbcUrl() {
        return urlOf(DATABASE);
    }

    public Connection connect() throws SQLException {
        return connectTo(DATABASE);
    }

    /** Connects to another database of the same server. */
    public Connection connectTo(String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(urlOf(database));
        return source.getConnection(user, password);
    }

    private String urlOf(String database) {
        return "jdbc:postgresql://" + Ports.HOST + ":" + port + "/" + database;
    }

    /** Without the password, which no log may show. */
    @Override
    public String toString() {
        return user + " at " + jdbcUrl();
    }
}
