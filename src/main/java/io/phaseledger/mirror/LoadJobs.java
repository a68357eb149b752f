package io.phaseledger.mirror;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.phaseledger.database.Statements;
import io.phaseledger.feed.SinkCursors;
import io.phaseledger.ledger.Positions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table of load jobs, and the cursor that they move.
 *
 * <p>A job is written down before it is sent, and stays what it is until its outcome is known; then, in one transaction,
 * the cursor moves over it. A lease keeps two instances from sending the same rows twice over the wire. That the rows are
 * in the table once does not hang on it, but on the id of the job.
 */
@ApplicationScoped
class LoadJobs {

    private static final String SUBMITTED_OF_LATE = """
            (SELECT count(*) FROM nba_orchestration.mirror_jobs AS s
             WHERE s.target = ? AND s.submitted_at > clock_timestamp() - interval '24 hours')
            """;

    private static final String OF_DAY = "SELECT " + SUBMITTED_OF_LATE;

    private static final String LEASE = """
            UPDATE nba_orchestration.mirror_jobs SET lease_holder = ?, lease_until = clock_timestamp() + ? * interval '1 ms'
            WHERE id = (
                SELECT id FROM nba_orchestration.mirror_jobs
                WHERE target = ? AND state = 'open' AND next_at <= clock_timestamp()
                  AND (lease_until IS NULL OR lease_until < clock_timestamp() OR lease_holder = ?)
                  AND (submitted_at IS NOT NULL OR %s < ?)
                FOR UPDATE SKIP LOCKED)
            RETURNING %s
            """.formatted(SUBMITTED_OF_LATE, LoadJob.COLUMNS);

    private static final String RENEW = """
            UPDATE nba_orchestration.mirror_jobs SET lease_until = clock_timestamp() + ? * interval '1 ms'
            WHERE id = ? AND lease_holder = ?
            """;

    /** Whether a window may be cut: none is open, and the last one is so old, or so much is waiting. */
    private static final String DUE = """
            SELECT NOT EXISTS (SELECT 1 FROM nba_orchestration.mirror_jobs WHERE target = ? AND state = 'open')
                   AND %s < ?
                   AND (? OR coalesce(
                       (SELECT max(created_at) + ? * interval '1 ms' FROM nba_orchestration.mirror_jobs
                        WHERE target = ? AND kind = 'window' AND attempt = 1) <= clock_timestamp(), true))
            """.formatted(SUBMITTED_OF_LATE);

    private static final String INSERT = """
            INSERT INTO nba_orchestration.mirror_jobs
                (id, target, kind, from_position, to_position, positions, row_count, attempt, job_id, state, created_at,
                 next_at, tries)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', clock_timestamp(), clock_timestamp() + ? * interval '1 ms', 0)
            ON CONFLICT DO NOTHING
            """;

    private static final String SUBMITTED = """
            UPDATE nba_orchestration.mirror_jobs SET submitted_at = coalesce(submitted_at, clock_timestamp())
            WHERE id = ? AND state = 'open'
            """;

    private static final String FINISHED = """
            UPDATE nba_orchestration.mirror_jobs
            SET state = ?, finished_at = clock_timestamp(), error = ?, lease_holder = NULL, lease_until = NULL
            WHERE id = ? AND state = 'open'
            """;

    private static final String LATER = """
            UPDATE nba_orchestration.mirror_jobs
            SET next_at = clock_timestamp() + ? * interval '1 ms', tries = ?, error = ?,
                lease_holder = NULL, lease_until = NULL
            WHERE id = ? AND state = 'open'
            """;

    private static final String OPEN_POSITIONS =
            "SELECT unnest(positions) FROM nba_orchestration.mirror_jobs WHERE target = ? AND state = 'open'";

    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final Statements statements;
    private final SinkCursors cursors;
    private final Positions positions;
    private final LedgerRows rows;
    private final MirrorConfig config;

    LoadJobs(Statements statements, SinkCursors cursors, Positions positions, LedgerRows rows, MirrorConfig config) {
        this.statements = statements;
        this.cursors = cursors;
        this.positions = positions;
        this.rows = rows;
        this.config = config;
    }

    /** The job whose outcome is not known yet, if it is time to look at it and no other instance does. */
    Optional<LoadJob> lease(Target target, UUID holder, Duration lease) {
        return statements.first(
                LEASE,
                LoadJob::read,
                holder,
                lease.toMillis(),
                target.name(),
                holder,
                target.name(),
                config.jobsPerDay());
    }

    /** Keeps a lease for so long again. */
    void renew(LoadJob job, UUID holder, Duration lease) {
        statements.update(RENEW, lease.toMillis(), job.id(), holder);
    }

    /**
     * Cuts the next window, if it is time to and no other instance does. A window without a row is none: the cursor
     * moves over it at once.
     *
     * @return whether something was done
     */
    @Transactional
    boolean cut(Target target) {
        OptionalLong cursor = cursors.take(target.sink());
        long head = positions.head().position();
        if (cursor.isEmpty() || cursor.getAsLong() >= head) {
            return false;
        }
        long after = cursor.getAsLong();
        long until = Math.min(head, after + config.window());
        if (!isDue(target, head - after >= config.window())) {
            return false;
        }
        long count = rows.count(target, after, until);
        if (count == 0) {
            cursors.move(target.sink(), until);
        } else {
            insert(
                    target,
                    LoadJob.window(ids.generate(), rows.ledger(until), target, after, until, count),
                    Duration.ZERO);
        }
        return true;
    }

    private boolean isDue(Target target, boolean isMuch) {
        return statements
                .first(
                        DUE,
                        row -> row.getBoolean(1),
                        target.name(),
                        target.name(),
                        config.jobsPerDay(),
                        isMuch,
                        config.interval().toMillis(),
                        target.name())
                .orElseThrow();
    }

    /**
     * Opens a job that brings again what the table lacks.
     *
     * @param until up to where the table was given all, when that was found
     * @return its id; empty while another job is open
     */
    @Transactional
    Optional<String> repair(Target target, List<Long> missing, long until) {
        LoadJob job = LoadJob.repair(ids.generate(), rows.ledger(until), target, missing, until);
        return insert(target, job, Duration.ZERO) == 1 ? Optional.of(job.jobId()) : Optional.empty();
    }

    private int insert(Target target, LoadJob job, Duration wait) {
        List<Long> only = job.positions();
        return statements.update(
                INSERT,
                job.id(),
                target.name(),
                job.kind(),
                job.after(),
                job.until(),
                only == null ? null : only.toArray(Long[]::new),
                job.rows(),
                job.attempt(),
                job.jobId(),
                wait.toMillis());
    }

    /** BigQuery may hear of it from now on. */
    void submitted(LoadJob job) {
        statements.update(SUBMITTED, job.id());
    }

    /** Its rows are in the table: the cursor moves over them. */
    @Transactional
    void done(Target target, LoadJob job) {
        if (finish(job, "done", null) && job.isWindow()) {
            cursors.move(target.sink(), job.until());
        }
    }

    /** BigQuery has said that it loaded nothing and never will: the same again, under another id, after a while. */
    @Transactional
    void failed(Target target, LoadJob job, String error, Duration wait) {
        if (finish(job, "failed", error)) {
            insert(target, job.next(ids.generate()), wait);
        }
    }

    private boolean finish(LoadJob job, String state, @Nullable String error) {
        return statements.update(FINISHED, state, error, job.id()) == 1;
    }

    /**
     * Its outcome is not known yet: it is looked at again after a while.
     *
     * @param error why nothing could be learned; null when it just goes on
     */
    void later(LoadJob job, Duration wait, @Nullable String error) {
        statements.update(LATER, wait.toMillis(), error == null ? 0 : job.tries() + 1, error, job.id());
    }

    /** How many BigQuery may have heard of in the last 24 hours. */
    long ofDay(Target target) {
        return statements.first(OF_DAY, row -> row.getLong(1), target.name()).orElseThrow();
    }

    /** All positions of the jobs that are open, whose rows may be in the table or not. */
    List<Long> openRepairs(Target target) {
        return statements.list(OPEN_POSITIONS, row -> row.getLong(1), target.name());
    }
}
