package io.phaseledger.subscription;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.database.BackgroundLoop;
import io.phaseledger.database.Pulse;
import io.phaseledger.http.EnumNames;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes the calls that are due, of many subscriptions at once and of each in order. */
@ApplicationScoped
class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    /** Threads that ask the database; calls need none. */
    private static final int WORKERS = 4;

    /** How long the end of the process waits for calls that are under way; they are made again otherwise. */
    private static final Duration STOP_BOUND = Duration.ofSeconds(3);

    /** A lease is renewed so many times before it would end. */
    private static final int RENEWALS = 4;

    private final DeliveryQueue queue;
    private final Channels channels;
    private final Backoff backoff;
    private final SubscriptionConfig config;
    private final UUID holder = UUID.randomUUID();

    /** What is being called, and when that ends. */
    private final Map<UUID, CompletableFuture<Void>> active = new ConcurrentHashMap<>();

    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, work -> daemon(work, "delivery"));
    private final MeterProvider<Counter> disablings;
    private final BackgroundLoop loop;
    private long renewedAt = System.nanoTime();

    Dispatcher(
            DeliveryQueue queue,
            Channels channels,
            Backoff backoff,
            SubscriptionConfig config,
            Pulse pulse,
            MeterRegistry registry) {
        this.loop = new BackgroundLoop(
                "dispatcher", "Subscribers cannot be called at the moment", config.pollInterval(), pulse, this::step);
        this.queue = queue;
        this.channels = channels;
        this.backoff = backoff;
        this.config = config;
        this.disablings = Counter.builder("phase_ledger.subscriptions.disabled")
                .description("Subscriptions that were disabled because calling them failed, by reason")
                .withRegistry(registry);
        disablings(SubscriptionRow.Disabled.DEAD);
        disablings(SubscriptionRow.Disabled.GONE);
        Gauge.builder("phase_ledger.subscriptions.active", active, Map::size)
                .description("Subscriptions that this instance is calling")
                .register(registry);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    /** Each subscription ends after the call that is under way. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop(STOP_BOUND);
        CompletableFuture.allOf(active.values().toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, STOP_BOUND.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        workers.shutdown();
    }

    void ring(@Observes(during = TransactionPhase.AFTER_SUCCESS) DeliveryTable.MoreIsOwed event) {
        loop.wake();
    }

    private boolean step() {
        renew();
        begin();
        return false;
    }

    private void renew() {
        long now = System.nanoTime();
        if (!active.isEmpty() && now - renewedAt > config.lease().toNanos() / RENEWALS) {
            queue.renew(holder, config.lease(), Set.copyOf(active.keySet()));
            renewedAt = now;
        }
    }

    private void begin() {
        int free = config.concurrency() - active.size();
        if (free > 0) {
            for (UUID each : queue.lease(holder, config.lease(), free)) {
                if (active.putIfAbsent(each, new CompletableFuture<>()) == null) {
                    next(each);
                }
            }
        }
    }

    private void next(UUID subscription) {
        CompletionStage<?> unused = CompletableFuture.supplyAsync(() -> queue.next(holder, subscription), workers)
                .thenCompose(
                        turn -> turn.map(found -> runOf(subscription, found).run())
                                .orElseGet(() -> CompletableFuture.completedFuture(false)))
                .whenComplete((isMore, failure) -> ended(subscription, failure == null && isMore, failure));
    }

    private DeliveryRun runOf(UUID subscription, DeliveryRun.Turn turn) {
        return new DeliveryRun(turn, channels, new Books(subscription), workers, loop::isStopping);
    }

    private void ended(UUID subscription, boolean isMore, @Nullable Throwable failure) {
        if (failure != null) {
            // Its lease runs out, and an instance tries again then: at once, it might fail all the time.
            LOG.warnf("Calls of the subscription %s broke off: %s", subscription, failure);
            left(subscription);
        } else if (isMore && !loop.isStopping()) {
            next(subscription);
        } else {
            workers.execute(() -> release(subscription));
        }
    }

    /** What came to be owed meanwhile is found when the bell rings. */
    private void release(UUID subscription) {
        try {
            queue.release(holder, subscription);
        } catch (RuntimeException e) {
            LOG.debugf(e, "The lease of %s ends by itself", subscription);
        } finally {
            left(subscription);
            loop.wake();
        }
    }

    private void left(UUID subscription) {
        CompletableFuture<Void> ended = active.remove(subscription);
        if (ended != null) {
            ended.complete(null);
        }
    }

    private Counter disablings(SubscriptionRow.Disabled reason) {
        return disablings.withTag("reason", EnumNames.of(reason));
    }

    /** Writes down what became of the calls of one subscription. */
    private final class Books implements DeliveryRun.Bookkeeper {

        private final UUID subscription;

        Books(UUID subscription) {
            this.subscription = subscription;
        }

        @Override
        public void taken(List<Delivery> deliveries, List<Attempt> attempts) {
            queue.taken(holder, deliveries, attempts);
        }

        @Override
        public void failed(Delivery delivery, Attempt attempt) {
            Duration wait = backoff.after(delivery.attempts() + 1, attempt);
            SubscriptionRow.Disabled disabled =
                    queue.failed(holder, subscription, delivery, attempt, wait, config.giveUpAfter());
            if (disabled != null) {
                disablings(disabled).increment();
                LOG.warnf(
                        "The subscription %s is disabled (%s): %s",
                        subscription, EnumNames.of(disabled), attempt.error());
            }
        }
    }
}
