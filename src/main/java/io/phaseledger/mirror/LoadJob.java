package io.phaseledger.mirror;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A load job as it is written down before BigQuery hears of it.
 *
 * @param after it brings what is above this position
 * @param until and not above this one
 * @param positions of a repair, only these; null for all of a window
 * @param attempt from 1; raised by a definite failure only
 * @param jobId what BigQuery knows it by
 * @param isSubmitted whether BigQuery may have heard of it
 * @param tries how often nothing could be learned of it, in a row
 */
record LoadJob(
        UUID id,
        long after,
        long until,
        @Nullable List<Long> positions,
        long rows,
        int attempt,
        String jobId,
        boolean isSubmitted,
        int tries) {

    static final String COLUMNS =
            "id, kind, from_position, to_position, positions, row_count, attempt, job_id, submitted_at, tries";

    static final String WINDOW = "window";
    static final String REPAIR = "repair";

    static LoadJob read(ResultSet row) throws SQLException {
        Array positions = row.getArray("positions");
        return new LoadJob(
                row.getObject("id", UUID.class),
                row.getLong("from_position"),
                row.getLong("to_position"),
                positions == null ? null : List.of((Long[]) positions.getArray()),
                row.getLong("row_count"),
                row.getInt("attempt"),
                row.getString("job_id"),
                row.getObject("submitted_at") != null,
                row.getInt("tries"));
    }

    String kind() {
        return positions == null ? WINDOW : REPAIR;
    }

    boolean isWindow() {
        return positions == null;
    }

    /** The id without the attempt. */
    private String stem() {
        return jobId.substring(0, jobId.lastIndexOf('-') + 1);
    }

    /** The same again, after BigQuery has said that it loaded nothing. */
    LoadJob next(UUID newId) {
        return new LoadJob(newId, after, until, positions, rows, attempt + 1, stem() + (attempt + 1), false, 0);
    }

    /** The first attempt at a window: the same id on any instance, at any time. */
    static LoadJob window(UUID id, String ledger, Target target, long after, long until, long rows) {
        String jobId = String.join(
                "-", "phase-ledger", ledger, target.idPart(), Long.toString(after), Long.toString(until), "1");
        return new LoadJob(id, after, until, null, rows, 1, jobId, false, 0);
    }

    /** The first attempt at a repair; each is one of its own. */
    static LoadJob repair(UUID id, String ledger, Target target, List<Long> positions, long until) {
        String jobId = String.join(
                "-",
                "phase-ledger",
                ledger,
                target.idPart(),
                "repair",
                id.toString().replace("-", ""),
                "1");
        return new LoadJob(id, 0, until, positions, positions.size(), 1, jobId, false, 0);
    }
}
