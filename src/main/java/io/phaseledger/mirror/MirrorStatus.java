package io.phaseledger.mirror;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.database.DatabaseClock;
import io.phaseledger.database.Statements;
import io.phaseledger.feed.SinkCursors;
import io.phaseledger.ledger.Positions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far the table has come, whichever instance brings it there. */
@ApplicationScoped
class MirrorStatus {

    private static final String OPEN = """
            SELECT job_id, from_position, to_position, row_count, attempt, tries, created_at, submitted_at, error
            FROM nba_orchestration.mirror_jobs WHERE target = ? AND state = 'open'
            """;

    private final Statements statements;
    private final SinkCursors cursors;
    private final Positions positions;
    private final DatabaseClock clock;
    private final LoadJobs jobs;
    private final Checks checks;
    private final MeterRegistry registry;
    private volatile Snapshot last = Snapshot.NOTHING;

    MirrorStatus(
            Statements statements,
            SinkCursors cursors,
            Positions positions,
            DatabaseClock clock,
            LoadJobs jobs,
            Checks checks,
            MeterRegistry registry) {
        this.statements = statements;
        this.cursors = cursors;
        this.positions = positions;
        this.clock = clock;
        this.jobs = jobs;
        this.checks = checks;
        this.registry = registry;
    }

    /** Begins to show what was last seen as metrics. */
    void measure() {
        gauge("phase_ledger.mirror.lag", "entries", "Entries that the mirror has not got yet", Snapshot::lag);
        gauge(
                "phase_ledger.mirror.lag",
                "seconds",
                "The age of the oldest entry that the mirror has not got yet",
                snapshot -> snapshot.age().toMillis() / 1e3);
        gauge("phase_ledger.mirror.jobs.of.day", "jobs", "Load jobs of the last 24 hours", Snapshot::jobsOfDay);
        differences("missing", Checks.Check::missing);
        differences("extra", Checks.Check::extra);
        differences("field", Checks.Check::field);
        differences("foreign", Checks.Check::foreign);
    }

    private void gauge(String name, String unit, String description, ToDoubleFunction<Snapshot> value) {
        Gauge.builder(name, this, standing -> value.applyAsDouble(standing.last))
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    private void differences(String kind, ToDoubleFunction<Checks.Check> value) {
        Gauge.builder("phase_ledger.mirror.differences", this, standing -> {
                    Checks.Check check = standing.last.check();
                    return check == null ? Double.NaN : value.applyAsDouble(check);
                })
                .tag("kind", kind)
                .description(
                        "Differences that the newest comparison with the mirror found, by kind; NaN before the first")
                .register(registry);
    }

    Snapshot last() {
        return last;
    }

    long cursor(Target target) {
        return cursors.position(target.sink());
    }

    /** Looks, and remembers it for the metrics. */
    @Transactional
    Snapshot look(Target target) {
        long cursor = cursor(target);
        long head = positions.head().position();
        Instant now = clock.now();
        Duration age = cursor < head ? Duration.between(positions.learnedAt(cursor + 1), now) : Duration.ZERO;
        Snapshot seen = new Snapshot(
                cursor,
                head,
                age.isNegative() ? Duration.ZERO : age,
                statements.first(OPEN, OpenJob::read, target.name()).orElse(null),
                jobs.ofDay(target),
                checks.newest(target).orElse(null));
        last = seen;
        return seen;
    }

    /** A job whose outcome is not known; as {@link LoadJob} says. */
    @Schema(name = "MirrorJob")
    record OpenJob(
            String id,
            long fromPosition,
            long toPosition,
            long rows,
            int attempt,
            Instant createdAt,
            @Nullable Instant submittedAt,
            int tries,
            @Nullable String error) {

        static OpenJob read(ResultSet row) throws SQLException {
            return new OpenJob(
                    row.getString("job_id"),
                    row.getLong("from_position"),
                    row.getLong("to_position"),
                    row.getLong("row_count"),
                    row.getInt("attempt"),
                    Objects.requireNonNull(Statements.instant(row, "created_at")),
                    Statements.instant(row, "submitted_at"),
                    row.getInt("tries"),
                    row.getString("error"));
        }
    }

    /**
     * How it stood.
     *
     * @param cursor the table has everything up to this position
     * @param age how long ago the oldest entry was learned that it has not
     * @param jobsOfDay load jobs of the last 24 hours
     * @param check the newest comparison
     */
    record Snapshot(
            long cursor,
            long head,
            Duration age,
            @Nullable OpenJob open,
            long jobsOfDay,
            Checks.@Nullable Check check) {

        static final Snapshot NOTHING = new Snapshot(0, 0, Duration.ZERO, null, 0, null);

        long lag() {
            return Math.max(0, head - cursor);
        }
    }
}
