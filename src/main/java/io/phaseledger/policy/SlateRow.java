package io.phaseledger.policy;

import io.phaseledger.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How many units of work a date was said to have; the columns are described in the migration. */
record SlateRow(
        long position,
        LocalDate gameDate,
        int units,
        @Nullable String note,
        Instant insertedAt,
        @Nullable Instant importedAt,
        String recordedBy) {

    static SlateRow read(ResultSet row) throws SQLException {
        return new SlateRow(
                row.getLong("position"),
                row.getObject("game_date", LocalDate.class),
                row.getInt("units"),
                row.getString("note"),
                Objects.requireNonNull(Statements.instant(row, "inserted_at")),
                Statements.instant(row, "imported_at"),
                row.getString("recorded_by"));
    }

    /** When the ledger learned of it. */
    Instant learnedAt() {
        return importedAt == null ? insertedAt : importedAt;
    }
}
