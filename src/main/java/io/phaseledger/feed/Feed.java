package io.phaseledger.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.database.BackgroundLoop;
import io.phaseledger.database.DirectConnections;
import io.phaseledger.database.Pulse;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The ledger as it goes on, told to the followers of this instance by one thread.
 *
 * <p>A notification only wakes it. What is new is read after the last position that it has told, so nothing is told
 * twice, nothing is left out, and a notification that is lost costs a fraction of a second.
 */
@ApplicationScoped
public class Feed {

    private static final Logger LOG = Logger.getLogger(Feed.class);

    private static final Duration STOP_BOUND = Duration.ofSeconds(5);

    /** Before the first look. */
    private static final long UNKNOWN = -1;

    private final Instance<Follower> followers;
    private final Pump pump;
    private final FeedConfig config;
    private final Wire wire;
    private volatile long position = UNKNOWN;
    private final BackgroundLoop loop;

    Feed(
            DirectConnections direct,
            Instance<Follower> followers,
            Pump pump,
            FeedConfig config,
            Pulse pulse,
            MeterRegistry registry) {
        this.loop = new BackgroundLoop(
                "ledger-feed", "The ledger cannot be followed at the moment", config.pollInterval(), pulse, this::step);
        this.wire = new Wire(direct);
        this.followers = followers;
        this.pump = pump;
        this.config = config;
        Gauge.builder("phase_ledger.position", this, Feed::position)
                .description(
                        "The position of the newest entry of the ledger that this instance has seen; -1 before it has looked")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.endSoon();
        wire.cut();
        loop.stop(STOP_BOUND);
        wire.cut();
    }

    /** Up to where the followers have been told, or are about to be; -1 before the first look. */
    public long position() {
        return position;
    }

    /** Waits for a notification itself, on its connection. */
    private boolean step() throws SQLException {
        try {
            advance();
            wire.await(config.pollInterval());
            return true;
        } catch (SQLException | RuntimeException e) {
            wire.cut();
            throw e;
        }
    }

    /** Tells everything that is new. The sinks are woken in any case: they have cursors of their own. */
    private void advance() throws SQLException {
        Connection connection = wire.connection();
        long head = FeedReader.head(connection);
        if (position == UNKNOWN || head < position) {
            begin(head);
        }
        while (position < head && !loop.isStopping()) {
            tell(FeedReader.after(connection, position, config.pageSize()));
        }
        pump.wake(head);
    }

    /** A ledger that ends before what was told lost its end, with a server that was not to fail. */
    private void begin(long head) {
        if (position != UNKNOWN) {
            LOG.errorf("The ledger ends at %d and has been at %d: its newest entries are lost", head, position);
        }
        position = head;
        followers.forEach(follower -> follower.begin(head));
    }

    /** The position first: who looks at it afterwards and finds it old will be told. */
    private void tell(List<Entry> entries) {
        position = entries.get(entries.size() - 1).position();
        followers.forEach(follower -> tell(follower, entries));
    }

    private void tell(Follower follower, List<Entry> entries) {
        try {
            follower.follow(entries);
        } catch (RuntimeException e) {
            LOG.error("A follower failed and begins anew", e);
            follower.begin(position);
        }
    }
}
