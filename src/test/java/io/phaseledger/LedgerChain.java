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

/** Asks the database whether the ledger is what it claims to be: a chain of hashes, and one order without gaps. */
public final class LedgerChain {

    private static final Path VERIFY = Path.of("db", "queries", "verify_chain.sql");

    private static final String GAPS = """
            SELECT position FROM (
                SELECT position, lag(position, 1, 0) OVER (ORDER BY position) AS before
                FROM (SELECT position FROM nba_orchestration.phase_completions
                      UNION ALL SELECT position FROM nba_orchestration.policy_versions
                      UNION ALL SELECT position FROM nba_orchestration.slates
                      UNION ALL SELECT position FROM nba_orchestration.readiness_changes) AS entries) AS pairs
            WHERE position <> before + 1
            """;

    private LedgerChain() {}

    /** Fails with the positions of the rows that the published query finds at fault. */
    public static void assertUnbroken(DataSource database) {
        assertEquals(List.of(), positions(database, read(VERIFY)), "rows that are not what the chain says");
    }

    /** Fails with the positions that have a gap, or another entry at the same place, before them. */
    public static void assertGapless(DataSource database) {
        assertEquals(List.of(), positions(database, GAPS), "positions after a gap");
    }

    private static List<Long> positions(DataSource database, String sql) {
        List<Long> positions = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                positions.add(rows.getLong("position"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the ledger could not be asked", e);
        }
        return positions;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
