package io.phaseledger.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.database.BackgroundLoop;
import io.phaseledger.database.Pulse;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;

/** Runs the sinks, each on a thread of its own, so that one which fails or is slow holds up no other. */
@ApplicationScoped
class Pump {

    /** How long the end of the process waits for a page that a sink is about; it is given it again otherwise. */
    private static final Duration STOP_BOUND = Duration.ofSeconds(2);

    private static final int MOST_DOUBLINGS = 30;

    private final List<Running> running;
    private final SinkTurn turn;
    private final FeedConfig config;
    private volatile long head;

    Pump(Instance<Sink> sinks, SinkTurn turn, FeedConfig config, Pulse pulse, MeterRegistry registry) {
        this.turn = turn;
        this.config = config;
        this.running = sinks.stream().map(sink -> new Running(sink, pulse)).toList();
        running.forEach(each -> Gauge.builder("phase_ledger.feed.lag", each, Running::lag)
                .tag("sink", each.sink.name())
                .description("Entries of the ledger that a follower of it has not finished")
                .register(registry));
    }

    void start(@Observes StartupEvent event) {
        running.forEach(each -> each.loop.start());
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running.forEach(each -> each.loop.endSoon());
        for (Running each : running) {
            each.loop.stop(STOP_BOUND);
        }
    }

    /** Something may be new, up to there. */
    void wake(long upTo) {
        head = upTo;
        running.forEach(each -> each.loop.wake());
    }

    /** Twice as long after each failure. */
    private Duration pause(int failures) {
        if (failures == 0) {
            return config.pollInterval();
        }
        Duration pause = config.firstBackoff().multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return pause.compareTo(config.longestBackoff()) > 0 ? config.longestBackoff() : pause;
    }

    /** A sink and its thread. Nothing is passed over: it is given the same page until it has taken it. */
    private final class Running {

        private final Sink sink;
        private final BackgroundLoop loop;
        private volatile long cursor;
        private boolean hasTaken;

        Running(Sink sink, Pulse pulse) {
            this.sink = sink;
            this.loop = new BackgroundLoop(
                    "sink-" + sink.name(),
                    "The sink " + sink.name() + " failed and tries again",
                    Pump.this::pause,
                    pulse,
                    this::step);
        }

        /** Entries that it has not finished. */
        double lag() {
            return Math.max(0, head - cursor);
        }

        /** After it was given something it rests, so that while much is recorded it takes much at a time. */
        private boolean step() throws InterruptedException {
            SinkTurn.Outcome outcome = turn.take(sink);
            hasTaken |= outcome.cursor() > cursor;
            cursor = outcome.cursor();
            if (!outcome.isMore() && hasTaken) {
                hasTaken = false;
                loop.rest(config.rest());
            }
            return outcome.isMore();
        }
    }
}
