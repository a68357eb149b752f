package io.phaseledger.gate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.feed.Entry;
import io.phaseledger.feed.Feed;
import io.phaseledger.feed.Follower;
import io.phaseledger.http.Problem;
import io.phaseledger.operate.ProcessEnd;
import io.phaseledger.readiness.EvidenceKey;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait on this instance, and what makes it look for them: a row, a policy or a slate that bears on their
 * answer, the clock, the end of their patience, and the end of the process.
 *
 * <p>No wake-up is lost, because a caller is in its group before the ledger is looked at for it: what is committed
 * before that look is seen by it, and what is committed later is told by the feed to the group.
 */
@ApplicationScoped
class Waiters implements Follower, WaitGroup.Lookout {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Map<Inquiry, WaitGroup> groups = new ConcurrentHashMap<>();
    private final EvidenceKeyIndex index = new EvidenceKeyIndex();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Gate gate;
    private final Feed feed;
    private final WaitConfig config;
    private final EvaluationPool lookers;
    private final ScheduledThreadPoolExecutor clock;
    private @Nullable ProcessEnd end;
    private volatile boolean closing;

    Waiters(Gate gate, Feed feed, WaitConfig config, MeterRegistry registry) {
        this.gate = gate;
        this.feed = feed;
        this.config = config;
        this.lookers = new EvaluationPool(config.lookers(), daemons("waiters-look"));
        this.clock = new ScheduledThreadPoolExecutor(1, daemons("waiters-clock"));
        this.clock.setRemoveOnCancelPolicy(true);
        Gauge.builder("phase_ledger.waiters", waiting, AtomicInteger::get)
                .description("Requests that wait for a verdict")
                .register(registry);
        Gauge.builder("phase_ledger.waiters.looks.queued", lookers, EvaluationPool::queued)
                .description("Verdicts that are waited for and to be looked at again, but not yet")
                .register(registry);
    }

    private static ThreadFactory daemons(String name) {
        return action -> {
            Thread thread = new Thread(action, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    void start(@Observes StartupEvent event) {
        end = ProcessEnd.does(this::release);
    }

    void stop(@Observes ShutdownEvent event) {
        Objects.requireNonNull(end).close();
        lookers.stop();
        clock.shutdownNow();
    }

    /**
     * Lets a caller wait for the answer that suits it; never longer than it wants to, which may be for the first one only.
     * Those who ask the same at the same time have the same answer, looked for after each of them had asked.
     *
     * @return the one who waits; its answer is the answer, or the {@link Problem} that there is none
     * @throws Problem 503 when as many wait as may
     */
    Waiter await(Inquiry inquiry, Reply reply, @Nullable Long atLeast, Waiter.Who who) {
        if (waiting.incrementAndGet() > config.limit()) {
            waiting.decrementAndGet();
            throw Problem.of(503, "overloaded", config.limit() + " callers wait on this instance; ask again")
                    .retryAfter(RETRY_AFTER);
        }
        Waiter waiter = new Waiter(reply, atLeast, who, waiting::decrementAndGet);
        WaitGroup group = groups.compute(inquiry, (key, existing) -> joined(key, existing, waiter));
        if (closing || reply.preference().isNone()) {
            waiter.isDue();
        } else {
            waiter.until(schedule(() -> end(waiter, group), reply.preference().longest()));
        }
        group.wantFirstLook();
        return waiter;
    }

    /** For a caller that has its answer, or hung up. */
    void leave(Inquiry inquiry, Waiter waiter) {
        WaitGroup group = groups.get(inquiry);
        if (waiter.leave() && group != null) {
            group.remove(waiter);
        }
    }

    /** All groups in which a caller waits. */
    Collection<WaitGroup> groups() {
        return List.copyOf(groups.values());
    }

    private WaitGroup joined(Inquiry inquiry, @Nullable WaitGroup existing, Waiter waiter) {
        WaitGroup group = existing == null ? new WaitGroup(inquiry, this) : existing;
        group.add(waiter);
        return group;
    }

    private static void end(Waiter waiter, WaitGroup group) {
        waiter.isDue();
        group.wantLook();
    }

    /** The verdicts as they stand, to all callers. */
    private void release() {
        closing = true;
        for (WaitGroup group : groups()) {
            group.waiters().forEach(Waiter::isDue);
            group.wantLook();
        }
    }

    @Override
    public void begin(long position) {
        groups().forEach(WaitGroup::wantLook);
    }

    @Override
    public void follow(List<Entry> entries) {
        Set<WaitGroup> concerned = new HashSet<>();
        for (Entry entry : entries) {
            switch (entry.type()) {
                case COMPLETION, RETRACTION -> concerned.addAll(index.of(cell(entry)));
                case POLICY, SLATE -> concerned.addAll(groups());
                case READINESS -> {} // What is announced follows from what was told before.
            }
        }
        concerned.forEach(WaitGroup::wantLook);
    }

    private static EvidenceKey cell(Entry entry) {
        return new EvidenceKey(
                Objects.requireNonNull(entry.phase()),
                Objects.requireNonNull(entry.processorName()),
                Objects.requireNonNull(entry.gameDate()));
    }

    @Override
    public void execute(Runnable looking, boolean isFirst) {
        lookers.execute(looking, isFirst);
    }

    @Override
    public Answer look(Inquiry inquiry) {
        return gate.answer(inquiry);
    }

    @Override
    public Set<EvidenceKey> heed(WaitGroup group, Set<EvidenceKey> before, Set<EvidenceKey> now) {
        index.heed(group, before, now);
        return now;
    }

    @Override
    public boolean isBehind(Answer answer) {
        return feed.position() > answer.snapshot().position();
    }

    @Override
    public Future<?> schedule(Runnable action, Duration in) {
        return clock.schedule(action, Math.max(1, in.toMillis() + 1), TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean isOver(WaitGroup group) {
        return groups.compute(
                        group.inquiry(),
                        (key, current) -> current == group && group.waiters().isEmpty() ? null : current)
                != group;
    }
}
