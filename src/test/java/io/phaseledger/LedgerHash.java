package io.phaseledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The ledger's hash at a position, as the database has it. */
public final class LedgerHash {

    private LedgerHash() {}

    public static String at(DataSource database, long position) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT nba_orchestration.ledger_hash(?)")) {
            select.setLong(1, position);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
