package io.phaseledger.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.http.Problem;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Whether the database answers, asked by a thread of its own; when it does not, no request waits for it.
 *
 * <p>Safe for use by any thread, and never waits.
 */
@ApplicationScoped
public class Pulse {

    private static final Logger LOG = Logger.getLogger(Pulse.class);

    /** After everything that uses the database until it ends. */
    private static final int LAST = Integer.MAX_VALUE;

    /** How long the end of an absence may wait until connections that were made during it are gone. */
    private static final Duration REPLACE_BOUND = Duration.ofSeconds(1);

    private static final Duration REPLACE_POLL = Duration.ofMillis(1);

    private final AgroalDataSource pool;
    private final DirectConnections direct;
    private final OpenConnections connections;
    private final DatabaseConfig config;
    private final Event<DatabaseAway> events;
    private final Space space;
    private @Nullable BackgroundLoop loop;
    private @Nullable Probe probe;
    private volatile @Nullable Absence absence;

    Pulse(
            AgroalDataSource pool,
            DirectConnections direct,
            OpenConnections connections,
            DatabaseConfig config,
            Event<DatabaseAway> events,
            Space space,
            MeterRegistry registry) {
        this.pool = pool;
        this.direct = direct;
        this.connections = connections;
        this.config = config;
        this.events = events;
        this.space = space;
        Gauge.builder("phase_ledger.database.up", this, pulse -> pulse.isUp() ? 1 : 0)
                .description("1 while the database answers and takes writes, 0 while requests are answered 503 for it")
                .register(registry);
    }

    void start(@Observes @Priority(1) StartupEvent event) throws SQLException {
        Probe asked = new Probe(direct.source("pulse", config.probeTimeout()));
        loop = new BackgroundLoop(
                "database-pulse", "The database cannot be asked", config.probeInterval(), this, () -> look(asked));
        probe = asked;
        loop.start();
    }

    void stop(@Observes @Priority(LAST) ShutdownEvent event) throws InterruptedException, SQLException {
        if (loop != null && probe != null) {
            loop.stop(config.probeTimeout());
            probe.close();
        }
    }

    /**
     * Returns while the database is there.
     *
     * @throws Problem 503 while it is away
     */
    public void check() {
        if (absence != null) {
            throw Unavailable.problem();
        }
    }

    private boolean isUp() {
        return absence == null && space.lack().isEmpty();
    }

    boolean isAway() {
        return absence != null;
    }

    /** Why the database is away and since when; empty while it is there. */
    Optional<Absence> absence() {
        return Optional.ofNullable(absence);
    }

    /** A fault of the driver's own too means that the database was not heard. */
    private boolean look(Probe probe) {
        try {
            probe.ask();
            present();
            space.tryAgain(probe);
        } catch (SQLException | RuntimeException e) {
            away(e);
        }
        return false;
    }

    private void present() {
        Absence over = absence;
        if (over != null) {
            if (over.isReadOnly()) {
                replaceConnections();
            }
            absence = null;
            LOG.infof("The database is there again, after %s", over.lasted());
        }
    }

    /** One that was made while nothing could be written takes no writes for as long as it lives. */
    private void replaceConnections() {
        Set<PGConnection> old = connections.all();
        pool.flush(FlushMode.ALL);
        long until = System.nanoTime() + REPLACE_BOUND.toNanos();
        while (connections.haveAny(old) && System.nanoTime() < until) {
            LockSupport.parkNanos(REPLACE_POLL.toNanos());
        }
    }

    /** Requests are refused before connections are cut, so that none takes a new one that would not be cut. */
    private void away(Throwable cause) {
        Absence before = absence;
        long since = before == null ? System.nanoTime() : before.since();
        boolean isReadOnly = (before != null && before.isReadOnly())
                || (cause instanceof SQLException fault && Probe.isReadOnly(fault));
        absence = new Absence(String.valueOf(cause.getMessage()), since, isReadOnly);
        connections.cut();
        events.fire(new DatabaseAway());
        if (before == null) {
            pool.flush(FlushMode.ALL);
            LOG.warnf("The database is away, requests are answered 503 until it is back: %s", cause.getMessage());
        } else if (!before.reason().equals(cause.getMessage())) {
            LOG.warnf("The database is still away: %s", cause.getMessage());
        }
    }

    /**
     * A database that is away.
     *
     * @param since when that was noticed, in {@link System#nanoTime()}
     * @param isReadOnly whether it could be asked at some time of it, and took no writes
     */
    record Absence(String reason, long since, boolean isReadOnly) {

        Duration lasted() {
            return Duration.ofNanos(System.nanoTime() - since).truncatedTo(ChronoUnit.MILLIS);
        }
    }
}
