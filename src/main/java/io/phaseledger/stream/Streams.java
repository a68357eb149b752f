package io.phaseledger.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.feed.Entry;
import io.phaseledger.feed.Feed;
import io.phaseledger.feed.Follower;
import io.phaseledger.http.Problem;
import io.phaseledger.operate.ProcessEnd;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The streams of this instance: what is new is told to each, and who does not take it is dropped. */
@ApplicationScoped
class Streams implements Follower {

    private static final Logger LOG = Logger.getLogger(Streams.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final String ELSEWHERE = "goes on elsewhere";
    private static final String NO_LONGER_LET_IN = "ends: what was shown, a key or a token, is not good any more";
    private static final long TICK_MILLIS = 1000;

    private final Map<EventStream, Client> open = new ConcurrentHashMap<>();
    private final EventSource source;
    private final Feed feed;
    private final StreamConfig config;
    private final Vertx vertx;
    private @Nullable ProcessEnd end;
    private volatile boolean closing;
    private long ticking;

    Streams(EventSource source, Feed feed, StreamConfig config, Vertx vertx, MeterRegistry registry) {
        this.source = source;
        this.feed = feed;
        this.config = config;
        this.vertx = vertx;
        Gauge.builder("phase_ledger.streams", open, Map::size)
                .description("Streams of events that are open")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        end = ProcessEnd.does(this::endAll);
        ticking = vertx.setPeriodic(TICK_MILLIS, id -> tick());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(ticking);
        Objects.requireNonNull(end).close();
    }

    /**
     * Opens one.
     *
     * @param client who is told
     * @throws Problem 503 when there are as many as may be
     */
    EventStream open(long position, EventFilter filter, Client client) {
        if (open.size() >= config.limit()) {
            throw Problem.of(503, "overloaded", config.limit() + " streams of events are open; ask again")
                    .retryAfter(RETRY_AFTER);
        }
        EventStream stream =
                new EventStream(position, filter, source, Infrastructure.getDefaultWorkerPool(), feed::position);
        open.put(stream, client);
        if (closing) {
            stream.end(ELSEWHERE);
        }
        return stream;
    }

    void close(EventStream stream) {
        open.remove(stream);
    }

    private void tick() {
        open.forEach((stream, client) -> {
            if (stream.isStalledFor(config.stallTimeout())) {
                LOG.infof("A client of events took nothing for %s and is dropped", config.stallTimeout());
                close(stream);
                client.hangUp();
            } else {
                client.ask(config.heartbeat(), () -> stream.end(NO_LONGER_LET_IN));
                stream.sign(config.heartbeat());
            }
        });
    }

    private void endAll() {
        closing = true;
        open.keySet().forEach(stream -> stream.end(ELSEWHERE));
    }

    @Override
    public void begin(long position) {
        open.keySet().forEach(EventStream::wake);
    }

    @Override
    public void follow(List<Entry> entries) {
        open.keySet().forEach(EventStream::wake);
    }
}
