package io.phaseledger.ledger;

import io.phaseledger.database.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Named things of which an operator changes a few a day and which many requests read: all their versions, kept in
 * memory. A PUT appends a version and a DELETE appends one that closes the name; none ever changes, so only those that
 * are new are read.
 *
 * <p>A kind of thing is kept so by
 *
 * <ol>
 *   <li>a table, append-only, with a {@code revision}: the position in the ledger, or 1, 2, 3 … over all its rows;
 *   <li>a record of a row that is a {@link Versions.Version}; it closes its name where the defining column is null;
 *   <li>one of these, in the bean that owns the table; the query gets the revision after which and the one up to which
 *       it selects, and orders by it;
 *   <li>for a reader: {@code kept.at(revision)} with the newest revision that the caller has seen, such as {@link
 *       Head#policyPosition}, and then {@link Versions#newest(String)}, or {@link Versions#newest(String, long)} as of
 *       an earlier one;
 *   <li>for a writer, in one transaction: {@link Positions#lock()}, then {@code kept.at(…)} with what that head says, and
 *       unless the newest version says the same already, an insert with the next revision.
 * </ol>
 *
 * <p>For any number of threads at once. What the database refuses is thrown as a {@code StatementFailed}.
 *
 * @param <V> a version
 */
public final class KeptVersions<V extends Versions.Version> {

    private final Statements statements;
    private final String newer;
    private final Statements.Mapper<V> mapper;
    private volatile Versions<V> kept = Versions.none();

    /** @param newer selects the versions after a revision and up to another, in their order */
    public KeptVersions(Statements statements, String newer, Statements.Mapper<V> mapper) {
        this.statements = statements;
        this.newer = newer;
        this.mapper = mapper;
    }

    /** At least the versions up to this revision. */
    public Versions<V> at(long revision) {
        Versions<V> known = kept;
        return known.covers(revision) ? known : statements.use(connection -> readOn(revision, connection));
    }

    /** The same on a connection that the caller has already. */
    public Versions<V> at(long revision, Connection connection) throws SQLException {
        Versions<V> known = kept;
        return known.covers(revision) ? known : readOn(revision, connection);
    }

    private synchronized Versions<V> readOn(long revision, Connection connection) throws SQLException {
        if (!kept.covers(revision)) {
            try (PreparedStatement select = connection.prepareStatement(newer)) {
                Statements.bind(select, kept.revision(), revision);
                List<V> found = Statements.rows(select, mapper);
                kept = kept.and(found, revision);
            }
        }
        return kept;
    }
}
