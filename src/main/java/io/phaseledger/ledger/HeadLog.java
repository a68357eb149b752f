package io.phaseledger.ledger;

import io.phaseledger.database.BackgroundLoop;
import io.phaseledger.database.Pulse;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Says in the log where the ledger ends, at the start and every hour: logs are kept where the database is not. */
@ApplicationScoped
class HeadLog {

    private static final Logger LOG = Logger.getLogger(HeadLog.class);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final Duration STOP_BOUND = Duration.ofSeconds(1);

    private final Positions positions;
    private final BackgroundLoop loop;

    HeadLog(Positions positions, Pulse pulse) {
        this.positions = positions;
        this.loop = new BackgroundLoop("ledger-head", "Where the ledger ends cannot be read", PAUSE, pulse, this::tell);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop(STOP_BOUND);
    }

    private boolean tell() {
        HeadView head = positions.headView();
        LOG.infof("The ledger ends at %d:%s", head.position(), head.hash());
        return false;
    }
}
