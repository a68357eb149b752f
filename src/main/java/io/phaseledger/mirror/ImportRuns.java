package io.phaseledger.mirror;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of imports from BigQuery. */
@ApplicationScoped
class ImportRuns {

    /** How many of the newest are shown. */
    private static final int SHOWN = 10;

    private static final String BEGIN = """
            INSERT INTO nba_orchestration.mirror_imports
                (id, target, game_date_from, game_date_to, next_date, recorded, replayed, rejected, own, rejections,
                 requested_by, started_at, updated_at)
            VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, '[]', ?, clock_timestamp(), clock_timestamp())
            RETURNING %s
            """.formatted(ImportRun.COLUMNS);

    private static final String LEASE = """
            UPDATE nba_orchestration.mirror_imports
            SET lease_holder = ?, lease_until = clock_timestamp() + ? * interval '1 ms'
            WHERE id = (
                SELECT id FROM nba_orchestration.mirror_imports
                WHERE target = ? AND finished_at IS NULL
                  AND (lease_until IS NULL OR lease_until < clock_timestamp() OR lease_holder = ?)
                ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING %s
            """.formatted(ImportRun.COLUMNS);

    private static final String RENEW = """
            UPDATE nba_orchestration.mirror_imports SET lease_until = clock_timestamp() + ? * interval '1 ms'
            WHERE id = ? AND lease_holder = ? AND finished_at IS NULL
            """;

    private static final String MOVED = """
            UPDATE nba_orchestration.mirror_imports
            SET next_date = ?, recorded = recorded + ?, replayed = replayed + ?, rejected = rejected + ?, own = own + ?,
                rejections = ?::json, updated_at = clock_timestamp(), error = NULL,
                finished_at = CASE WHEN ? > game_date_to THEN clock_timestamp() END,
                lease_until = clock_timestamp() + ? * interval '1 ms'
            WHERE id = ? AND next_date = ? AND finished_at IS NULL
            """;

    private static final String STANDS = """
            UPDATE nba_orchestration.mirror_imports
            SET error = ?, updated_at = clock_timestamp(), lease_holder = NULL, lease_until = NULL
            WHERE id = ? AND finished_at IS NULL
            """;

    private static final String NEWEST = "SELECT " + ImportRun.COLUMNS
            + " FROM nba_orchestration.mirror_imports WHERE target = ? ORDER BY id DESC LIMIT " + SHOWN;

    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final Statements statements;

    ImportRuns(Statements statements) {
        this.statements = statements;
    }

    ImportRun begin(Target target, LocalDate from, LocalDate to, String principal) {
        return statements
                .first(BEGIN, ImportRun::read, ids.generate(), target.name(), from, to, from, principal)
                .orElseThrow();
    }

    /** The oldest that is not done, if no other instance is about it. */
    Optional<ImportRun> lease(Target target, UUID holder, Duration lease) {
        return statements.first(LEASE, ImportRun::read, holder, lease.toMillis(), target.name(), holder);
    }

    /** Keeps a lease for so long again. */
    void renew(ImportRun run, UUID holder, Duration lease) {
        statements.update(RENEW, lease.toMillis(), run.id(), holder);
    }

    /**
     * The dates before one are done; the last of them ends it. Nothing, if another instance has done them meanwhile.
     *
     * @param rejections all that are to be shown, as JSON
     */
    void moved(ImportRun run, LocalDate next, Importing.Counts counts, String rejections, Duration lease) {
        statements.update(
                MOVED,
                next,
                counts.recorded,
                counts.replayed,
                counts.rejected,
                counts.own,
                rejections,
                next,
                lease.toMillis(),
                run.id(),
                run.nextDate());
    }

    /** It cannot go on at the moment. */
    void stands(ImportRun run, String error) {
        statements.update(STANDS, error, run.id());
    }

    /** The newest, newest first. */
    List<ImportRun> newest(Target target) {
        return statements.list(NEWEST, ImportRun::read, target.name());
    }
}
