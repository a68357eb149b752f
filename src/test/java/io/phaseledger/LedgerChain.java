package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Asks the database whether the ledger is what it claims to be: chains of hashes, and one order without gaps. */
public final class LedgerChain {

    private LedgerChain() {}

    /** Fails with what the published queries find. */
    public static void assertWhole(DataSource database) {
        try (Connection connection = database.getConnection()) {
            assertWhole(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the ledger could not be asked", e);
        }
    }

    /** The same, of the database that a connection leads to. */
    public static void assertWhole(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String file : List.of("verify_chain.sql", "verify_ledger.sql")) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(read(Path.of("db", "queries", file)))) {
                while (row.next()) {
                    found.add(file + ": " + row.getString(1) + " " + row.getString(2));
                }
            }
        }
        assertEquals(List.of(), found);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
