package io.phaseledger.database;

import io.phaseledger.http.Problem;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import org.hibernate.exception.JDBCConnectionException;

/** Tells a database that cannot be asked from every other fault. */
public final class Unavailable {

    /** How soon asking again makes sense: a failover takes seconds, and a restart one. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Causes are followed this far, in case they go round in a circle. */
    private static final int DEEPEST_CAUSE = 20;

    /**
     * What SQLStates begin with that are about the server and not about what was asked: the same may go well in a
     * moment, or once an operator has seen to it.
     */
    private static final List<String> STATES = List.of(
            "08", // the connection
            "25006", // a standby, which takes no writes
            "25P03", // a transaction was idle too long and was ended
            "28", // we may not log in, with this password or at all
            "3D000", // no such database
            "40", // rolled back because of others
            "53", // too many connections, no memory, a full disk
            "55P03", // a lock was held for too long
            "57", // cancelled for its duration; the server stops, starts or has stopped
            "58", // the server's system: a file could not be read or written
            "99999"); // the driver gave up making a connection when the caller that wanted it had

    /**
     * The pool throws a plain SQLException without a SQLState when it has no connection to give in time, and when the one
     * that it gives is cut before it is part of the transaction.
     */
    private static final List<String> POOL = List.of("acquisition timeout", "association of connection");

    private Unavailable() {}

    /** 503 with {@code Retry-After}. */
    public static Problem problem() {
        return Problem.of(503, "ledger_unavailable", "The ledger cannot be asked at the moment; ask again.")
                .retryAfter(RETRY_AFTER);
    }

    /** Whether that is the cause, or the cause of the cause, and so on. */
    public static boolean isBehind(Throwable e) {
        return find(e).isPresent();
    }

    /** In the words of that cause; empty where it is something else. */
    public static String reason(Throwable e) {
        return find(e).map(Throwable::toString).orElse("");
    }

    private static Optional<Throwable> find(Throwable e) {
        return causes(e).filter(Unavailable::isConnectionFault).findFirst();
    }

    /** The fault, its cause, the cause of that, and so on. */
    public static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, at -> at != null, Throwable::getCause).limit(DEEPEST_CAUSE);
    }

    private static boolean isConnectionFault(Throwable e) {
        return e instanceof SQLException sql
                ? isConnectionFault(sql)
                : e instanceof JDBCConnectionException || e instanceof TimeoutException || isFailedCommit(e);
    }

    private static boolean isConnectionFault(SQLException e) {
        return e instanceof SQLTransientConnectionException || hasServerState(e) || isPools(e);
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

    private static boolean hasServerState(SQLException e) {
        var state = e.getSQLState();
        return state != null && STATES.stream().anyMatch(state::startsWith);
    }

    private static boolean isPools(SQLException e) {
        var message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return POOL.stream().anyMatch(message::contains);
    }
}
