package io.phaseledger;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * The command that asks whether the ledger is whole: by {@code db/queries}, all at one instant, and without a change.
 *
 * <p>A service may go on recording meanwhile.
 */
final class Verify {

    /** What it is called by: {@code java -jar quarkus-run.jar verify [--expect POSITION:HASH]…}. */
    static final String COMMAND = "verify";

    /** The exit code when there is nothing that could be asked, or it did not answer. */
    static final int NOT_ASKED = 2;

    private static final int WHOLE = 0;
    private static final int NOT_WHOLE = 1;

    private static final String EXPECT = "--expect";
    private static final Pattern HEAD = Pattern.compile("[0-9]{1,18}:[0-9a-f]{64}");

    /** So many findings are printed; all are counted. */
    private static final int PRINTED = 1000;

    /** So many rows are in memory at once. */
    private static final int FETCHED = 1000;

    /** Whatever the role has set for itself: names mean PostgreSQL's own, and a large ledger takes its time. */
    private static final String SETTINGS = "SET LOCAL search_path = pg_catalog; SET LOCAL statement_timeout = 0";

    private static final String SET_EXPECTED = "SELECT set_config('phase_ledger.expect', ?, true)";

    private static final String END = """
            SELECT position || ':' || nba_orchestration.ledger_hash(position), position
            FROM nba_orchestration.ledger_head
            """;

    private final Connection connection;
    private final PrintStream out;
    private final Set<String> places = new HashSet<>();
    private long findings;

    private Verify(Connection connection, PrintStream out) {
        this.connection = connection;
        this.out = out;
    }

    /**
     * Asks the configured database, and prints a line for each finding and one at the end.
     *
     * @param arguments {@code --expect} and a head that the ledger once had, any number of times
     * @return the exit code: 0 when all fits, 1 when something does not, 2 when it could not be asked
     */
    static int run(Config config, List<String> arguments, PrintStream out) {
        Optional<List<String>> expected = expected(arguments);
        if (expected.isEmpty()) {
            out.println("Not understood: " + String.join(" ", arguments) + ". It is `" + COMMAND + " [" + EXPECT
                    + " POSITION:HASH]`, as GET /v1/ledger/head and the log have it.");
            return NOT_ASKED;
        }
        try (Connection connection = connect(config)) {
            return isWhole(connection, expected.get(), out) ? WHOLE : NOT_WHOLE;
        } catch (SQLException e) {
            out.println("The ledger could not be asked: " + e.getMessage());
            return NOT_ASKED;
        }
    }

    private static Optional<List<String>> expected(List<String> arguments) {
        List<String> heads = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!arguments.get(i).equals(EXPECT)
                    || i + 1 == arguments.size()
                    || !HEAD.matcher(arguments.get(i + 1)).matches()) {
                return Optional.empty();
            }
            heads.add(arguments.get(i + 1));
        }
        return Optional.of(heads);
    }

    /** All that is asked by it is asked of one moment. */
    private static Connection connect(Config config) throws SQLException {
        Connection connection = DriverManager.getConnection(
                Migrate.text(config, Migrate.URL),
                Migrate.text(config, Migrate.USERNAME),
                Migrate.text(config, Migrate.PASSWORD));
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return connection;
    }

    /** Asks within the transaction of a connection, and prints what is found. */
    static boolean isWhole(Connection connection, List<String> expected, PrintStream out) throws SQLException {
        return new Verify(connection, out).ask(expected);
    }

    private boolean ask(List<String> expected) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement set = connection.prepareStatement(SET_EXPECTED)) {
            statement.execute(SETTINGS);
            set.setString(1, String.join(",", expected));
            set.execute();
            statement.setFetchSize(FETCHED);
            completions(statement);
            everythingElse(statement);
            conclude(statement, expected);
        }
        return findings == 0;
    }

    private void completions(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(Migrate.sql("/db/queries/verify_chain.sql"))) {
            while (row.next()) {
                String place = "phase_completions, position " + row.getLong("position");
                if (row.getBoolean("chain_is_broken")) {
                    found(place, "this row does not follow the one before it: one was changed, deleted or put between");
                }
                if (row.getBoolean("row_was_changed")) {
                    found(place, "this row is not what was recorded: it was changed, or its hash was");
                }
            }
        }
    }

    private void everythingElse(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(Migrate.sql("/db/queries/verify_ledger.sql"))) {
            while (row.next()) {
                found(row.getString("place"), row.getString("finding"));
            }
        }
    }

    private void found(String place, String finding) {
        findings++;
        if (findings <= PRINTED) {
            out.println(place + ": " + finding);
            places.add(place);
        }
    }

    private void conclude(Statement statement, List<String> expected) throws SQLException {
        if (findings > PRINTED) {
            out.printf("… and %d more%n", findings - PRINTED);
        }
        try (ResultSet end = statement.executeQuery(END)) {
            end.next();
            for (String head : expected) {
                if (!places.contains("expected " + head)) {
                    out.printf("%s is there, and %d positions after it%n", head, end.getLong(2) - position(head));
                }
            }
            out.println((findings == 0 ? "whole: " : "not whole, " + findings + " findings: ") + end.getString(1));
        }
    }

    private static long position(String head) {
        return Long.parseLong(head.substring(0, head.indexOf(':')));
    }
}
