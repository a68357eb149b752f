package io.phaseledger.ledger;

import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The table of completions: every read of known rows, and the one insert. */
@ApplicationScoped
public class CompletionTable {

    /** By a query of its own for each row: so every plan goes by the index of retractions, whatever is known of them. */
    private static final String RETRACTED_BY =
            "(SELECT r.id FROM nba_orchestration.phase_completions r WHERE r.retracts = c.id) AS retracted_by";

    static final String BY_IDENTITY = "SELECT c.*, " + RETRACTED_BY
            + " FROM nba_orchestration.phase_completions c WHERE c.identity_key = ANY (?)";

    private static final String BY_ID =
            "SELECT c.*, " + RETRACTED_BY + " FROM nba_orchestration.phase_completions c WHERE c.id = ?";

    /**
     * A restatement has the facts of the row that it says again, be it through others, and no content but its identity,
     * as {@code Submissions.again} makes it. By the index of executions.
     */
    private static final String WITH_REPETITIONS = "SELECT c.*, " + RETRACTED_BY + """
             FROM nba_orchestration.phase_completions s
            JOIN nba_orchestration.phase_completions c
            ON c.execution_id = s.execution_id AND c.kind = s.kind AND c.status = s.status
               AND c.game_date = s.game_date AND c.completed_at = s.completed_at
               AND c.reported_phase = s.reported_phase AND c.reported_name = s.reported_name
               AND c.record_count IS NOT DISTINCT FROM s.record_count
               AND (c.id = s.id OR c.content_hash = c.identity_key)
            WHERE s.id = ?""";

    private static final String AT =
            "SELECT c.*, NULL::uuid AS retracted_by FROM nba_orchestration.phase_completions c WHERE c.position = ANY (?)";

    private static final String INSERT_AND_COMMIT = Column.INSERT + ";COMMIT";

    /** By the index of executions, of which one has few rows. */
    private static final String OUTCOMES_UP_TO = """
            SELECT o.*, NULL::uuid AS retracted_by
            FROM unnest(?::text[], ?::text[], ?::date[], ?::text[], ?::text[], ?::timestamptz[])
                AS report (execution_id, phase, game_date, name, status, completed_at)
            CROSS JOIN LATERAL (
                SELECT * FROM nba_orchestration.phase_completions c
                WHERE c.execution_id = report.execution_id AND c.game_date = report.game_date
                  AND c.reported_phase = report.phase AND c.reported_name = report.name
                  AND c.kind = 'completion' AND c.status <> 'running'
                  AND (c.completed_at < report.completed_at
                       OR (c.completed_at = report.completed_at AND c.status = report.status))
                ORDER BY c.completed_at DESC, c.position DESC
                LIMIT 1) AS o
            """;

    private final Statements statements;

    CompletionTable(Statements statements) {
        this.statements = statements;
    }

    Optional<CompletionRow> byId(UUID id) {
        return statements.first(BY_ID, CompletionRow::read, id);
    }

    /** A row of an execution, and those that say it again under names that its own stood for later. */
    List<CompletionRow> withRepetitions(UUID id) {
        return statements.list(WITH_REPETITIONS, CompletionRow::read, id);
    }

    /** Those that have an identity of one of these. */
    List<CompletionRow> byIdentity(Collection<Submission> submissions) {
        return statements.use(connection -> {
            try (PreparedStatement select = connection.prepareStatement(BY_IDENTITY)) {
                select.setArray(
                        1,
                        connection.createArrayOf(
                                "bytea",
                                submissions.stream()
                                        .map(submission -> submission.identity().hash())
                                        .toArray(byte[][]::new)));
                return Statements.rows(select, CompletionRow::read);
            }
        });
    }

    /** Appends rows whose positions were taken in the caller's transaction, under the lock. */
    void insert(List<CompletionRow> rows) {
        statements.run(Column.INSERT, insert -> {
            Column.bind(rows, insert);
            return insert.executeUpdate();
        });
    }

    /** Rows as they are shown and as they were recorded: whether one was retracted later is told by a row of its own. */
    public Map<Long, Object> at(Collection<Long> positions) {
        return positions.isEmpty()
                ? Map.of()
                : statements.list(AT, CompletionRow::read, (Object) positions.toArray(Long[]::new)).stream()
                        .collect(Collectors.toMap(row -> row.position, row -> CompletionView.of(row, null)));
    }

    /** Of the execution of each report, the newest outcome before the reported one, or the same at the same time. */
    static List<CompletionRow> outcomesUpTo(Connection connection, List<Submission> reports) throws SQLException {
        List<CompletionRow> rows = reports.stream().map(Submission::row).toList();
        try (PreparedStatement query = connection.prepareStatement(OUTCOMES_UP_TO)) {
            Statements.bind(
                    query,
                    rows.stream().map(row -> row.executionId).toArray(String[]::new),
                    rows.stream().map(row -> row.reportedPhase).toArray(String[]::new),
                    rows.stream().map(row -> row.gameDate).toArray(LocalDate[]::new),
                    rows.stream().map(row -> row.reportedName).toArray(String[]::new),
                    rows.stream().map(row -> row.status).toArray(String[]::new),
                    reports.stream().map(Submission::completedAt).toArray(Instant[]::new));
            return Statements.rows(query, CompletionRow::read);
        }
    }

    /**
     * Appends rows whose positions were taken in the transaction of this connection, under the lock, and commits it in the
     * same exchange. After an insert that fails, PostgreSQL does not carry out the commit.
     */
    static void insertAndCommit(Connection connection, List<CompletionRow> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_AND_COMMIT)) {
            Column.bind(rows, insert);
            insert.executeUpdate();
        }
    }
}
