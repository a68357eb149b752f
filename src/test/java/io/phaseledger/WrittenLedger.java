package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.embedded.Login;
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

/** What services have written, read from their PostgreSQL without them. */
record WrittenLedger(Login login) {

    private static final Path VERIFY_CHAIN = Path.of("db", "queries", "verify_chain.sql");

    private static final String EXECUTIONS = """
            SELECT execution_id FROM nba_orchestration.phase_completions
            WHERE execution_id IS NOT NULL ORDER BY position""";

    /** Everything that takes a place in the one order; a place that is missing or taken twice is shown. */
    private static final String MISPLACED = """
            WITH entry AS (
                SELECT position FROM nba_orchestration.phase_completions
                UNION ALL SELECT position FROM nba_orchestration.policy_versions
                UNION ALL SELECT position FROM nba_orchestration.slates
                UNION ALL SELECT position FROM nba_orchestration.readiness_changes
            ), numbered AS (
                SELECT position, row_number() OVER (ORDER BY position) AS place FROM entry
            )
            SELECT place || ' is ' || position FROM numbered WHERE place <> position""";

    /** The executions that rows were written for, in order, one for each row. */
    List<String> executions() {
        return ask(EXECUTIONS);
    }

    String show(String setting) {
        return ask("SHOW " + setting).get(0);
    }

    /** What the service's connections are in the middle of. */
    List<String> openTransactions() {
        return ask("""
                SELECT state || ': ' || query FROM pg_stat_activity
                WHERE usename = current_user AND pid <> pg_backend_pid() AND xact_start IS NOT NULL""");
    }

    /** Its positions are 1, 2, 3 … and every row's hash is what its content and the row before say. */
    void assertWhole() {
        assertEquals(List.of(), ask(MISPLACED));
        assertEquals(List.of(), ask(read(VERIFY_CHAIN)));
    }

    /** The first column. */
    List<String> ask(String sql) {
        try (Connection connection = login.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage() + ": " + sql, e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
