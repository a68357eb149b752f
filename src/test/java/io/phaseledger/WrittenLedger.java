package io.phaseledger;

import io.phaseledger.embedded.Login;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What services have written, read from their PostgreSQL without them. */
record WrittenLedger(Login login) {

    private static final String EXECUTIONS = """
            SELECT execution_id FROM nba_orchestration.phase_completions
            WHERE execution_id IS NOT NULL ORDER BY position""";

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

    /** As {@link LedgerChain} has it. */
    void assertWhole() {
        try (Connection connection = login.connect()) {
            LedgerChain.assertWhole(connection);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
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
}
