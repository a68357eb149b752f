package io.phaseledger.http;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import org.hibernate.exception.JDBCConnectionException;

/** Tells a database that cannot be asked from every other fault. */
final class Unavailable {

    /** How soon asking again makes sense: a failover takes seconds, and a restart one. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Causes are followed this far, in case they go round in a circle. */
    private static final int DEEPEST_CAUSE = 20;

    /** SQLState classes and codes: connection exceptions, and a server that is stopping, starting or has stopped. */
    private static final String CONNECTION_EXCEPTION = "08";

    private static final String OPERATOR_INTERVENTION = "57P0";

    /** Too many connections: the server turns us away as if it were down. */
    private static final String TOO_MANY_CONNECTIONS = "53300";

    /** The pool throws a plain SQLException without a SQLState when it has no connection to give in time. */
    private static final String POOL_TIMEOUT = "acquisition timeout";

    private Unavailable() {}

    static Problem problem() {
        return Problem.of(503, "ledger_unavailable", "The ledger cannot be asked at the moment; ask again.")
                .retryAfter(RETRY_AFTER);
    }

    static boolean isBehind(Throwable e) {
        return find(e).isPresent();
    }

    static String reason(Throwable e) {
        return find(e).map(Throwable::toString).orElse("");
    }

    private static Optional<Throwable> find(Throwable e) {
        return Stream.iterate(e, at -> at != null, Throwable::getCause)
                .limit(DEEPEST_CAUSE)
                .filter(Unavailable::isConnectionFault)
                .findFirst();
    }

    private static boolean isConnectionFault(Throwable e) {
        return e instanceof SQLException sql
                ? isConnectionFault(sql)
                : e instanceof JDBCConnectionException || e instanceof TimeoutException || isFailedCommit(e);
    }

    private static boolean isConnectionFault(SQLException e) {
        return e instanceof SQLTransientConnectionException || hasConnectionState(e) || isPoolTimeout(e);
    }

    /**
     * A connection that breaks during the commit itself: the transaction manager tells of that in its own words, and
     * of the cause only beside them. What was to be committed may or may not be there.
     */
    private static boolean isFailedCommit(Throwable e) {
        return e instanceof RollbackException
                || e instanceof HeuristicMixedException
                || e instanceof HeuristicRollbackException
                || e instanceof XAException;
    }

    private static boolean hasConnectionState(SQLException e) {
        var state = e.getSQLState();
        return state != null
                && (state.startsWith(CONNECTION_EXCEPTION)
                        || state.startsWith(OPERATOR_INTERVENTION)
                        || state.equals(TOO_MANY_CONNECTIONS));
    }

    private static boolean isPoolTimeout(SQLException e) {
        return e.getMessage() != null && e.getMessage().toLowerCase(Locale.ROOT).contains(POOL_TIMEOUT);
    }
}
