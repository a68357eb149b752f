package io.phaseledger.database;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * The connections of the pool, to cut them while a caller waits for an answer, and to see whether old ones are gone.
 *
 * <p>What the pool shows of a connection is a wrapper that is closed a moment later; the driver's own is kept.
 */
@Singleton
class OpenConnections implements AgroalPoolInterceptor {

    private static final Logger LOG = Logger.getLogger(OpenConnections.class);

    /** By each, whether it is in use. */
    private final Map<PGConnection, Boolean> open = new ConcurrentHashMap<>();

    @Override
    public void onConnectionCreate(Connection connection) {
        own(connection).ifPresent(own -> open.putIfAbsent(own, false));
    }

    /** Not only when it is created: the pool may create some before it knows of us. */
    @Override
    public void onConnectionAcquire(Connection connection) {
        own(connection).ifPresent(own -> open.put(own, true));
    }

    @Override
    public void onConnectionReturn(Connection connection) {
        own(connection).ifPresentOrElse(own -> open.replace(own, false), this::forgetClosed);
    }

    @Override
    public void onConnectionDestroy(Connection connection) {
        own(connection).ifPresentOrElse(open::remove, this::forgetClosed);
    }

    /** Empty for one that is closed: the driver says no more of it, and tells the caller that has it. */
    private static Optional<PGConnection> own(Connection wrapper) {
        try {
            return Optional.of(wrapper.unwrap(PGConnection.class));
        } catch (SQLException closed) {
            return Optional.empty();
        }
    }

    private void forgetClosed() {
        open.keySet().removeIf(OpenConnections::isClosed);
    }

    private static boolean isClosed(PGConnection own) {
        try {
            return ((Connection) own).isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    /** Closes their sockets without a word to the server, which may not listen; a caller that reads from one gets an error. */
    void cut() {
        open.keySet().removeIf(OpenConnections::isCut);
    }

    private static boolean isCut(PGConnection connection) {
        try {
            ((Connection) connection).abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debugf("A connection could not be cut: %s", e);
        }
        return true;
    }

    /** How many are in use. */
    int used() {
        return Collections.frequency(open.values(), true);
    }

    /** How many are idle. */
    int idle() {
        return Collections.frequency(open.values(), false);
    }

    Set<PGConnection> all() {
        return Set.copyOf(open.keySet());
    }

    boolean haveAny(Set<PGConnection> of) {
        return !Collections.disjoint(open.keySet(), of);
    }
}
