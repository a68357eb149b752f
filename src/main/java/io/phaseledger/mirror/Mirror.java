package io.phaseledger.mirror;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.database.BackgroundLoop;
import io.phaseledger.database.Pulse;
import io.phaseledger.http.Json;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Brings to the table in BigQuery what is recorded, a window of the ledger after another. */
@ApplicationScoped
class Mirror {

    private static final Logger LOG = Logger.getLogger(Mirror.class);

    /** Rows that are read from the ledger at once. */
    private static final int PAGE = 1000;

    /** What a lease lasts longer than a request. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

    /** How long between two looks at a job that goes on. */
    private static final Duration WATCH = Duration.ofSeconds(2);

    private static final int LOOKS = 10;

    /** What is under way is left as it is after it: it can be taken up from where it was. */
    static final Duration STOP_BOUND = Duration.ofSeconds(2);

    private final MirrorConfig config;
    private final LoadJobs jobs;
    private final LedgerRows rows;
    private final BigQueryConnection link;
    private final Json json;
    private final MeterProvider<Counter> ended;
    private final UUID holder = UUID.randomUUID();
    private final BackgroundLoop loop;

    Mirror(
            MirrorConfig config,
            LoadJobs jobs,
            LedgerRows rows,
            BigQueryConnection link,
            Json json,
            Pulse pulse,
            MeterRegistry registry) {
        this.config = config;
        this.jobs = jobs;
        this.rows = rows;
        this.link = link;
        this.json = json;
        this.loop = new BackgroundLoop(
                "mirror", "The mirror cannot go on at the moment", pause(config), pulse, () -> step(Target.of(config)));
        this.ended = Counter.builder("phase_ledger.mirror.jobs")
                .description("Load jobs that ended, by outcome")
                .withRegistry(registry);
    }

    void start(@Observes StartupEvent event) {
        if (config.project().isPresent()) {
            loop.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop(STOP_BOUND);
    }

    /** For how long an instance keeps others from what it is about, from each sign of life on. */
    static Duration lease(MirrorConfig config) {
        return config.timeout().plus(LEASE_MARGIN);
    }

    /** Some looks within the interval, so that a window is cut in time. */
    static Duration pause(MirrorConfig config) {
        Duration pause = config.interval().dividedBy(LOOKS);
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            return LONGEST_PAUSE;
        }
        return pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
    }

    private boolean step(Target target) {
        Optional<LoadJob> open = jobs.lease(target, holder, lease(config));
        open.ifPresent(job -> advance(target, job));
        return open.isPresent() || jobs.cut(target);
    }

    private void advance(Target target, LoadJob job) {
        Outcome outcome;
        try {
            outcome = outcome(target, link.open(), job);
            link.works();
        } catch (MirrorTrouble e) {
            link.failed("with the job " + job.jobId(), e);
            jobs.later(job, link.after(job.tries() + 1), e.reason());
            return;
        }
        switch (outcome.kind()) {
            case DONE -> {
                jobs.done(target, job);
                count("done");
            }
            case FAILED -> {
                LOG.warnf("The job %s has failed and is made again: %s", job.jobId(), outcome.error());
                jobs.failed(target, job, String.valueOf(outcome.error()), link.after(job.attempt()));
                count("failed");
            }
            case RUNNING, UNKNOWN_JOB -> jobs.later(job, shorter(WATCH, config.interval()), null);
        }
    }

    private void count(String outcome) {
        ended.withTag("outcome", outcome).increment();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Of a job that BigQuery may have heard of, it is asked first. */
    private Outcome outcome(Target target, Warehouse warehouse, LoadJob job) {
        if (job.isSubmitted()) {
            Outcome known = warehouse.outcome(job.jobId());
            if (known.kind() != Outcome.Kind.UNKNOWN_JOB) {
                return known;
            }
        }
        Set<String> there = there(target, warehouse, job);
        jobs.submitted(job);
        return warehouse.load(job.jobId(), pieces -> send(target, job, there, pieces));
    }

    /**
     * The keys of rows which other writers have there, where rows of the job were imported from a file: it may have been
     * exported from this very table.
     */
    private Set<String> there(Target target, Warehouse warehouse, LoadJob job) {
        List<LocalDate> dates = rows.importedDates(target, job.after(), job.until());
        return dates.isEmpty() ? Set.of() : warehouse.foreignKeys(dates.get(0), dates.get(1));
    }

    private void send(Target target, LoadJob job, Set<String> there, Consumer<byte[]> pieces) {
        long after = job.after();
        List<MirroredRow> page = page(target, job, after);
        while (!page.isEmpty()) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            page.stream()
                    .filter(row -> row.key() == null || !there.contains(row.key()))
                    .forEach(row -> {
                        lines.writeBytes(json.bytes(row.tree()));
                        lines.write('\n');
                    });
            pieces.accept(lines.toByteArray());
            jobs.renew(job, holder, lease(config));
            after = page.get(page.size() - 1).position();
            page = page(target, job, after);
        }
    }

    private List<MirroredRow> page(Target target, LoadJob job, long after) {
        List<Long> only = job.positions();
        return only == null
                ? rows.page(target, after, job.until(), PAGE)
                : rows.at(target, only, after, job.until(), PAGE);
    }
}
