package io.phaseledger.mirror;

import io.phaseledger.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One reading of the table into the ledger.
 *
 * @param next all dates before it are done
 * @param own rows that the ledger itself had brought there
 * @param rejections the first of the rows that it did not take, as JSON
 * @param error why it stands still; null when it does not
 */
record ImportRun(
        UUID id,
        LocalDate from,
        LocalDate to,
        LocalDate next,
        long recorded,
        long replayed,
        long rejected,
        long own,
        String rejections,
        String requestedBy,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        @Nullable String error) {

    static final String COLUMNS = "id, game_date_from, game_date_to, next_date, recorded, replayed, rejected, own,"
            + " rejections::text AS rejections, requested_by, started_at, updated_at, finished_at, error";

    static ImportRun read(ResultSet row) throws SQLException {
        return new ImportRun(
                row.getObject("id", UUID.class),
                row.getObject("game_date_from", LocalDate.class),
                row.getObject("game_date_to", LocalDate.class),
                row.getObject("next_date", LocalDate.class),
                row.getLong("recorded"),
                row.getLong("replayed"),
                row.getLong("rejected"),
                row.getLong("own"),
                row.getString("rejections"),
                row.getString("requested_by"),
                Objects.requireNonNull(Statements.instant(row, "started_at")),
                Objects.requireNonNull(Statements.instant(row, "updated_at")),
                Statements.instant(row, "finished_at"),
                row.getString("error"));
    }
}
