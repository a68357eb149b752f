package io.phaseledger.mirror;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.phaseledger.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One reading of the table into the ledger, also as it is shown.
 *
 * @param nextDate all dates before it are done
 * @param own rows that the ledger itself had brought there
 * @param rejections the first of the rows that it did not take, as JSON
 * @param error why it stands still; null when it does not
 */
@Schema(name = "MirrorImport")
record ImportRun(
        UUID id,

        @Schema(enumeration = {"running", "stalled", "finished"})
        String state,

        LocalDate gameDateFrom,
        LocalDate gameDateTo,
        LocalDate nextDate,
        long recorded,
        long replayed,
        long rejected,
        long own,

        @Schema(type = SchemaType.ARRAY, implementation = RejectedRow.class) @JsonRawValue
        String rejections,

        String requestedBy,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        @Nullable String error) {

    static final String COLUMNS = "id, game_date_from, game_date_to, next_date, recorded, replayed, rejected, own,"
            + " rejections::text AS rejections, requested_by, started_at, updated_at, finished_at, error";

    static ImportRun read(ResultSet row) throws SQLException {
        Instant finishedAt = Statements.instant(row, "finished_at");
        String error = row.getString("error");
        return new ImportRun(
                row.getObject("id", UUID.class),
                finishedAt != null ? "finished" : error == null ? "running" : "stalled",
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
                finishedAt,
                error);
    }

    /** A row that was not taken. */
    @Schema(name = "MirrorRejectedRow")
    record RejectedRow(
            String phase,
            LocalDate gameDate,
            String processorName,
            String status,
            Instant insertedAt,
            String code,
            String detail) {}
}
