package io.phaseledger.run;

import io.phaseledger.access.Caller;
import io.phaseledger.database.BackgroundLoop;
import io.phaseledger.database.Pulse;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Amendments;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Positions;
import io.phaseledger.source.JobMapping;
import io.phaseledger.source.SourceChange;
import io.phaseledger.source.Sources;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events of runs: stores each before anything is answered, and has its run worked out.
 *
 * <p>What a crash or a lost database left pending, and what waited for a policy, a source or the clock, is worked out by a
 * loop of its own.
 */
@ApplicationScoped
public class Runs {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration STOP_BOUND = Duration.ofSeconds(5);
    private static final Duration BETWEEN_DELETIONS = Duration.ofMinutes(10);

    /** An event of the future is at least five minutes ahead. */
    private static final Duration BETWEEN_LOOKS_AHEAD = Duration.ofMinutes(1);

    /** Runs that one step of the loop takes. */
    private static final int PAGE = 100;

    private final RunTable table;
    private final RunProcessor processor;
    private final Sources sources;
    private final Amendments amendments;
    private final Positions positions;
    private final Caller caller;
    private final RunConfig config;
    private final BackgroundLoop loop;

    /** One at a time, so that those who wait hold no connection of the pool meanwhile. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private @Nullable Object seen;
    private Instant deleteAt = Instant.EPOCH;
    private Instant lookAheadAt = Instant.EPOCH;

    Runs(
            RunTable table,
            RunProcessor processor,
            Sources sources,
            Amendments amendments,
            Positions positions,
            Caller caller,
            RunConfig config,
            Pulse pulse) {
        this.table = table;
        this.processor = processor;
        this.sources = sources;
        this.amendments = amendments;
        this.positions = positions;
        this.caller = caller;
        this.config = config;
        this.loop = new BackgroundLoop("runs", "A run could not be worked out", POLL, pulse, this::step);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop(STOP_BOUND);
    }

    /**
     * Stores an event and has its run worked out.
     *
     * @throws Problem 400 or 422 when it cannot be read as one, 403 when its sender may not record for its job or for one
     *     that the run is known to be of, 503 when it could not be stored or worked out: it may be sent again
     */
    public RunOutcome take(RunMessage message) {
        EventReader reader = new EventReader(
                message.event(), table.newId(), caller.principal().name());
        RunEvent event = reader.event();
        table.events(List.of(event.run())).stream()
                .map(RunEvent::job)
                .distinct()
                .map(name -> mapping(event.run(), name))
                .forEach(known -> amendments.check(known.phase(), known.processorName()));
        JobMapping job = mapping(event.run(), event.job());
        amendments.check(job.phase(), job.processorName());
        UUID id = table.store(event, message, reader.facts());
        boolean isReplay = !id.equals(event.id()) && table.outcome(id).isPresent();
        process(event.run());
        RunTable.Outcome outcome =
                table.outcome(id).orElseThrow(() -> new IllegalStateException(id + " is still open"));
        return RunOutcome.of(id, outcome, isReplay, event, job);
    }

    private JobMapping mapping(RunKey run, String job) {
        return sources.mapping(RunProcessor.DOOR, run.namespace(), job);
    }

    private void process(RunKey key) {
        try {
            if (!turn.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Problem.of(503, "overloaded", "too many runs are waiting to be worked out; send it again")
                        .retryAfter(Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(503, "overloaded", "the service is about to stop; send it again")
                    .retryAfter(Duration.ofSeconds(1));
        }
        try {
            processor.process(key);
        } finally {
            turn.unlock();
        }
    }

    /** What is held, or part of a date, may be understood now; the loop sees to it. */
    void changed(@Observes SourceChange change) {
        if (change.restate()) {
            table.restate(change.source());
        } else {
            table.unsureAgain();
        }
        loop.wake();
    }

    /** Works out again the run of an event that is kept under an id; false when no event is. */
    public boolean again(UUID event) {
        Optional<RunKey> key = table.again(event);
        key.ifPresent(this::process);
        return key.isPresent();
    }

    private boolean step() {
        Head head = positions.head();
        Object now = List.of(head.policyPosition(), head.aliasRevision());
        if (seen == null) {
            table.unsureAgain(); // A process that ended at once after a source was put has told no one.
        } else if (!now.equals(seen)) {
            table.heldAgain();
        }
        if (!head.clock().isBefore(lookAheadAt)) {
            table.futureAgain();
            lookAheadAt = head.clock().plus(BETWEEN_LOOKS_AHEAD);
        }
        List<RunKey> pending = table.pending(PAGE);
        List<RuntimeException> failures = new ArrayList<>();
        for (RunKey key : pending) {
            try {
                process(key);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        seen = now;
        boolean isMore = delete(head.clock());
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return isMore || pending.size() == PAGE;
    }

    private boolean delete(Instant now) {
        if (now.isBefore(deleteAt)) {
            return false;
        }
        boolean isMore = table.expire(now.minus(config.retention()));
        deleteAt = isMore ? now : now.plus(BETWEEN_DELETIONS);
        return isMore;
    }
}
