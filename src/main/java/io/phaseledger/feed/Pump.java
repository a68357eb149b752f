package io.phaseledger.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.database.Complaints;
import io.phaseledger.database.Pulse;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs the sinks, each on a thread of its own, so that one which fails or is slow holds up no other. */
@ApplicationScoped
class Pump {

    private static final Logger LOG = Logger.getLogger(Pump.class);

    /** How long the end of the process waits for a page that a sink is about; it is given it again otherwise. */
    private static final Duration STOP_BOUND = Duration.ofSeconds(2);

    private final List<Running> running;
    private final SinkTurn turn;
    private final FeedConfig config;
    private volatile long head;
    private final CountDownLatch stopped = new CountDownLatch(1);

    Pump(Instance<Sink> sinks, SinkTurn turn, FeedConfig config, Pulse pulse, MeterRegistry registry) {
        this.turn = turn;
        this.config = config;
        this.running = sinks.stream()
                .map(sink -> new Running(sink, new Complaints(LOG, pulse)))
                .toList();
        running.forEach(each -> Gauge.builder("phase_ledger.feed.lag", each, Running::lag)
                .tag("sink", each.sink.name())
                .description("Entries of the ledger that a follower of it has not finished")
                .register(registry));
    }

    void start(@Observes StartupEvent event) {
        running.forEach(each -> each.thread.start());
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        running.forEach(each -> each.bell.release());
        for (Running each : running) {
            each.thread.join(STOP_BOUND.toMillis());
            each.thread.interrupt(); // It may be waiting to try again.
        }
    }

    private boolean isStopping() {
        return stopped.getCount() == 0;
    }

    /** Something may be new, up to there. */
    void wake(long upTo) {
        head = upTo;
        running.forEach(each -> each.bell.release());
    }

    /** A sink and its thread. */
    private final class Running {

        private final Sink sink;
        private final Semaphore bell = new Semaphore(0);
        private final Thread thread;
        private final Complaints complaints;
        private volatile long cursor;

        Running(Sink sink, Complaints complaints) {
            this.sink = sink;
            this.complaints = complaints;
            this.thread = new Thread(this::run, "sink-" + sink.name());
            thread.setDaemon(true);
        }

        /** Entries that it has not finished. */
        double lag() {
            return Math.max(0, head - cursor);
        }

        private void run() {
            while (!isStopping()) {
                try {
                    bell.tryAcquire(config.pollInterval().toMillis(), TimeUnit.MILLISECONDS);
                    bell.drainPermits();
                    if (catchUp()) {
                        stopped.await(config.rest().toMillis(), TimeUnit.MILLISECONDS);
                    }
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    LOG.debugf(e, "The sink %s ends with the process", sink.name());
                }
            }
        }

        /**
         * Until nothing is new, and as often as it takes: nothing is passed over.
         *
         * @return whether anything was
         */
        private boolean catchUp() {
            Uni<SinkTurn.Outcome> trying = Uni.createFrom()
                    .item(() -> turn.take(sink))
                    .onFailure()
                    .invoke(failure -> complaints.failed(
                            "The sink " + sink.name() + " failed at " + cursor + " and tries again", failure))
                    .onFailure(failure -> !isStopping())
                    .retry()
                    .withBackOff(config.firstBackoff(), config.longestBackoff())
                    .indefinitely();
            long before = cursor;
            SinkTurn.Outcome outcome;
            do {
                outcome = trying.await().indefinitely();
                complaints.worked();
                cursor = outcome.cursor();
            } while (outcome.isMore() && !isStopping());
            return cursor > before;
        }
    }
}
