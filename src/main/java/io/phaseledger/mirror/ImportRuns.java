package io.phaseledger.mirror;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
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

    @Transactional
    ImportRun begin(Target target, LocalDate from, LocalDate to, String principal) {
        return statements.run(BEGIN, statement -> {
            statement.setObject(1, ids.generate());
            statement.setString(2, target.name());
            statement.setObject(3, from);
            statement.setObject(4, to);
            statement.setObject(5, from);
            statement.setString(6, principal);
            return runs(statement).get(0);
        });
    }

    /** The oldest that is not done, if no other instance is about it. */
    @Transactional
    Optional<ImportRun> lease(Target target, UUID holder, Duration lease) {
        return statements.run(LEASE, statement -> {
            statement.setObject(1, holder);
            statement.setLong(2, lease.toMillis());
            statement.setString(3, target.name());
            statement.setObject(4, holder);
            return runs(statement).stream().findFirst();
        });
    }

    /** Keeps a lease for so long again. */
    @Transactional
    void renew(ImportRun run, UUID holder, Duration lease) {
        statements.run(RENEW, statement -> {
            statement.setLong(1, lease.toMillis());
            statement.setObject(2, run.id());
            statement.setObject(3, holder);
            return statement.executeUpdate();
        });
    }

    /**
     * The dates before one are done; the last of them ends it. Nothing, if another instance has done them meanwhile.
     *
     * @param rejections all that are to be shown, as JSON
     */
    @Transactional
    void moved(ImportRun run, LocalDate next, Importing.Counts counts, String rejections, Duration lease) {
        statements.run(MOVED, statement -> {
            statement.setObject(1, next);
            statement.setLong(2, counts.recorded);
            statement.setLong(3, counts.replayed);
            statement.setLong(4, counts.rejected);
            statement.setLong(5, counts.own);
            statement.setString(6, rejections);
            statement.setObject(7, next);
            statement.setLong(8, lease.toMillis());
            statement.setObject(9, run.id());
            statement.setObject(10, run.next());
            return statement.executeUpdate();
        });
    }

    /** It cannot go on at the moment. */
    @Transactional
    void stands(ImportRun run, String error) {
        statements.run(STANDS, statement -> {
            statement.setString(1, error);
            statement.setObject(2, run.id());
            return statement.executeUpdate();
        });
    }

    /** The newest, newest first. */
    @Transactional
    List<ImportRun> newest(Target target) {
        return statements.run(NEWEST, statement -> {
            statement.setString(1, target.name());
            return runs(statement);
        });
    }

    private static List<ImportRun> runs(PreparedStatement statement) throws SQLException {
        List<ImportRun> runs = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                runs.add(ImportRun.read(row));
            }
        }
        return runs;
    }
}
