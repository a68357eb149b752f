package io.phaseledger.imports;

import io.phaseledger.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far one import has come; the columns are described in the migration. */
record ImportRow(
        UUID id,
        String kind,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        long recorded,
        long replayed,
        long rejected,
        long lastLine,
        @Nullable String failure,
        String recordedBy) {

    static ImportRow read(ResultSet row) throws SQLException {
        return new ImportRow(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                Objects.requireNonNull(Statements.instant(row, "started_at")),
                Objects.requireNonNull(Statements.instant(row, "updated_at")),
                Statements.instant(row, "finished_at"),
                row.getLong("recorded"),
                row.getLong("replayed"),
                row.getLong("rejected"),
                row.getLong("last_line"),
                row.getString("failure"),
                row.getString("recorded_by"));
    }
}
