package io.phaseledger.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.database.Complaints;
import io.phaseledger.database.DirectConnections;
import io.phaseledger.database.Pulse;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as it goes on, told to the followers of this instance by one thread.
 *
 * <p>A notification only wakes it. What is new is read after the last position that it has told, so nothing is told
 * twice, nothing is left out, and a notification that is lost costs a fraction of a second.
 */
@ApplicationScoped
public class Feed {

    private static final Logger LOG = Logger.getLogger(Feed.class);

    /** Before the first look. */
    private static final long UNKNOWN = -1;

    private final Instance<Follower> followers;
    private final Pump pump;
    private final FeedConfig config;
    private final Wire wire;
    private volatile long position = UNKNOWN;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread thread;
    private final Complaints complaints;

    Feed(
            DirectConnections direct,
            Instance<Follower> followers,
            Pump pump,
            FeedConfig config,
            Pulse pulse,
            MeterRegistry registry) {
        this.complaints = new Complaints(LOG, pulse);
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
        Thread started = new Thread(this::run, "ledger-feed");
        started.setDaemon(true);
        started.start();
        thread = started;
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        wire.cut();
        if (thread != null) {
            thread.join();
        }
    }

    /** Up to where the followers have been told, or are about to be; -1 before the first look. */
    public long position() {
        return position;
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void run() {
        while (!isStopped()) {
            try {
                advance();
                wire.await(config.pollInterval());
                complaints.worked();
            } catch (SQLException | RuntimeException e) {
                // A fault of a follower's too: the thread must live on, and the others be told.
                recover(e);
            }
        }
        wire.cut();
    }

    private void recover(Exception e) {
        wire.cut();
        if (!isStopped()) {
            complaints.failed("The ledger cannot be followed at the moment", e);
        }
        try {
            stopped.await(config.pollInterval().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            stopped.countDown();
        }
    }

    /** Tells everything that is new. The sinks are woken in any case: they have cursors of their own. */
    private void advance() throws SQLException {
        Connection connection = wire.connection();
        long head = Entries.head(connection);
        if (position == UNKNOWN || head < position) {
            begin(head);
        }
        while (position < head && !isStopped()) {
            tell(Entries.after(connection, position, config.pageSize()));
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
