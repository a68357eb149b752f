package io.phaseledger.ledger;

import io.phaseledger.database.Pulse;
import io.phaseledger.database.Space;
import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One transaction of the writer: take the lock, read the head, decide, insert, commit, and only then tell. */
@ApplicationScoped
class Appending {

    private static final Logger LOG = Logger.getLogger(Appending.class);

    private static final String ASK = String.join(";", Positions.LOCK, Positions.HEAD, CompletionTable.BY_IDENTITY);

    private final DataSource pool;
    private final Positions positions;
    private final Names names;
    private final LedgerMetrics metrics;
    private final Pulse pulse;
    private final Space space;

    Appending(DataSource pool, Positions positions, Names names, LedgerMetrics metrics, Pulse pulse, Space space) {
        this.pool = pool;
        this.positions = positions;
        this.names = names;
        this.metrics = metrics;
        this.pulse = pulse;
        this.space = space;
    }

    /**
     * Commits them together. If the database finds fault with a value, each is tried by itself, so that one cannot
     * fail the others. Any other fault leaves open whether they were committed: a commit whose answer is lost may have
     * been carried out, or may be yet. Nothing is kept of it here; the next commit reads the head anew under the lock,
     * and a report that is sent again is looked for there.
     */
    void append(List<Writer.Pending> group) {
        try {
            pulse.check();
            Decided decided = commit(group);
            space.written();
            metrics.committed(decided.rows(), decided.receipts(), decided.names());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).receipts().complete(decided.receipts().get(i));
            }
        } catch (SQLException | RuntimeException | Error e) {
            // An error too: the thread that calls must live on, and the callers must be answered.
            space.failed(e);
            afterFailure(group, e);
        }
    }

    private void afterFailure(List<Writer.Pending> group, Throwable failure) {
        if (group.size() > 1 && isAboutAValue(failure)) {
            LOG.warnf("%d requests failed to commit together, each is tried alone: %s", group.size(), failure);
            group.forEach(each -> append(List.of(each)));
        } else {
            group.forEach(each -> each.receipts().completeExceptionally(failure));
        }
    }

    /** SQLSTATE classes 22 (data exception) and 23 (integrity constraint violation). */
    private static boolean isAboutAValue(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith("22") || sql.getSQLState().startsWith("23");
            }
        }
        return false;
    }

    /** On one connection and by plain JDBC: whatever is between, a report would pay for it. */
    private Decided commit(List<Writer.Pending> group) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                return decideAndCommit(group, connection);
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, e);
                throw e;
            }
        }
    }

    /**
     * Asks by one exchange of three statements, not by one: each sees what was committed when it began, and the first
     * waits for the lock. A second exchange inserts and commits; only where retries may be re-runs is there one between.
     */
    private Decided decideAndCommit(List<Writer.Pending> group, Connection connection) throws SQLException {
        Recording recording;
        Names.Known known;
        try (PreparedStatement asked = connection.prepareStatement(ASK)) {
            positions.bindLock(asked);
            asked.setArray(5, connection.createArrayOf("bytea", identities(group)));
            asked.execute();
            Head head = next(asked, Head::read).get(0);
            known = names.at(head);
            recording = new Recording(head, known, next(asked, CompletionRow::read));
        }
        List<Submission> inDoubt = recording.inDoubt(
                group.stream().flatMap(each -> each.submissions().stream()).toList());
        if (!inDoubt.isEmpty()) {
            recording.learn(inDoubt, CompletionTable.outcomesUpTo(connection, inDoubt));
        }
        List<List<Receipt>> receipts = group.stream()
                .map(each -> recording.decide(each.submissions(), each.allOrNone()))
                .toList();
        if (recording.rows().isEmpty()) {
            connection.commit();
        } else {
            CompletionTable.insertAndCommit(connection, recording.rows());
        }
        return new Decided(receipts, recording.rows(), known);
    }

    private static byte[][] identities(List<Writer.Pending> group) {
        return group.stream()
                .flatMap(each -> each.submissions().stream())
                .map(submission -> submission.identity().hash())
                .toArray(byte[][]::new);
    }

    private static <T> List<T> next(PreparedStatement asked, Statements.Mapper<T> mapper) throws SQLException {
        asked.getMoreResults();
        return Statements.rows(asked.getResultSet(), mapper);
    }

    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** What a transaction made of its group, receipts in the order of the group. */
    private record Decided(List<List<Receipt>> receipts, List<CompletionRow> rows, Names.Known names) {}
}
