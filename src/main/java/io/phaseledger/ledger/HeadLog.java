package io.phaseledger.ledger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Says in the log where the ledger ends, at the start and every hour: logs are kept where the database is not. */
@ApplicationScoped
class HeadLog {

    private static final Logger LOG = Logger.getLogger(HeadLog.class);
    private static final long HOURS = 1;

    private final Positions positions;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "ledger-head");
        thread.setDaemon(true);
        return thread;
    });

    HeadLog(Positions positions) {
        this.positions = positions;
    }

    void start(@Observes StartupEvent event) {
        ScheduledFuture<?> unused = clock.scheduleAtFixedRate(this::tell, 0, HOURS, TimeUnit.HOURS);
    }

    void stop(@Observes ShutdownEvent event) {
        clock.shutdownNow();
    }

    private void tell() {
        try {
            HeadView head = positions.headView();
            LOG.infof("The ledger ends at %d:%s", head.position(), head.hash());
        } catch (RuntimeException e) {
            // The database is away, which is said elsewhere; thrown, it would end the clock.
            LOG.debugf(e, "Where the ledger ends cannot be read");
        }
    }
}
