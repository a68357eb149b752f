package io.phaseledger.mirror;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.phaseledger.database.Statements;
import io.phaseledger.feed.SinkCursors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The table of comparisons. */
@ApplicationScoped
class Checks {

    private static final String BEGIN = """
            INSERT INTO nba_orchestration.mirror_checks
                (id, target, game_date_from, game_date_to, position, requested_by, started_at)
            VALUES (?, ?, ?, ?, ?, ?, clock_timestamp())
            """;

    private static final String IS_DUE = """
            SELECT NOT EXISTS (
                SELECT 1 FROM nba_orchestration.mirror_checks
                WHERE target = ? AND game_date_from IS NULL AND game_date_to IS NULL
                  AND started_at > clock_timestamp() - ? * interval '1 ms')
            """;

    private static final String FINISHED = """
            UPDATE nba_orchestration.mirror_checks
            SET finished_at = clock_timestamp(), missing = ?, extra = ?, field = ?, foreign_rows = ? WHERE id = ?
            """;

    private static final String BROKE_OFF =
            "UPDATE nba_orchestration.mirror_checks SET finished_at = clock_timestamp(), error = ? WHERE id = ?";

    private static final String NEWEST = """
            SELECT * FROM nba_orchestration.mirror_checks WHERE target = ? AND finished_at IS NOT NULL
            ORDER BY started_at DESC LIMIT 1
            """;

    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final Statements statements;
    private final SinkCursors cursors;

    Checks(Statements statements, SinkCursors cursors) {
        this.statements = statements;
        this.cursors = cursors;
    }

    /** @param position up to which the table was given everything: what is compared */
    Begun begin(Target target, @Nullable LocalDate from, @Nullable LocalDate to, long position, String principal) {
        UUID id = ids.generate();
        statements.update(BEGIN, id, target.name(), from, to, position, principal);
        return new Begun(id, position);
    }

    /** Begins one of all dates, unless any instance began one within this time; only the holder of the cursor may. */
    @Transactional
    Optional<Begun> beginIfDue(Target target, Duration interval, String principal) {
        if (!isDue(target, interval) || cursors.take(target.sink()).isEmpty() || !isDue(target, interval)) {
            return Optional.empty();
        }
        return Optional.of(begin(target, null, null, cursors.position(target.sink()), principal));
    }

    private boolean isDue(Target target, Duration interval) {
        return statements
                .first(IS_DUE, row -> row.getBoolean(1), target.name(), interval.toMillis())
                .orElseThrow();
    }

    void finished(UUID id, Comparison found) {
        statements.update(FINISHED, found.missing(), found.extra(), found.field(), found.foreign(), id);
    }

    void brokeOff(UUID id, String error) {
        statements.update(BROKE_OFF, error, id);
    }

    /** The newest that has come to an end, good or bad. */
    Optional<Check> newest(Target target) {
        return statements.first(NEWEST, Check::read, target.name());
    }

    /** A comparison that goes on, and up to which position. */
    record Begun(UUID id, long position) {}

    /**
     * What a comparison came to.
     *
     * @param error why it came to no end; null if it did
     */
    @Schema(name = "MirrorReconciliation")
    record Check(
            Instant at,
            long position,
            long missing,
            long extra,
            long field,
            long foreign,
            @Nullable String error) {

        static Check read(ResultSet row) throws SQLException {
            return new Check(
                    Objects.requireNonNull(Statements.instant(row, "started_at")),
                    row.getLong("position"),
                    row.getLong("missing"),
                    row.getLong("extra"),
                    row.getLong("field"),
                    row.getLong("foreign_rows"),
                    row.getString("error"));
        }
    }
}
