package io.phaseledger.receipt;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.phaseledger.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A row that took the place of one by which a receipt's answer was decided.
 *
 * @param overtakes the row that decided
 */
@Schema(name = "Overtaking")
record Overtaking(
        @JsonIgnore UUID receipt,
        UUID completionId,

        @Schema(enumeration = {"completion", "retraction"}) String kind,

        UUID overtakes,
        String phase,
        String processorName,
        LocalDate gameDate,

        @Schema(enumeration = {"success", "partial", "failed", "no_data", "skipped", "retracted"})
        String status,

        Instant completedAt,
        Instant insertedAt,
        long position) {

    static Overtaking read(ResultSet row) throws SQLException {
        return new Overtaking(
                row.getObject("receipt", UUID.class),
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getObject("overtakes", UUID.class),
                row.getString("phase"),
                row.getString("processor_name"),
                row.getObject("game_date", LocalDate.class),
                row.getString("status"),
                Objects.requireNonNull(Statements.instant(row, "completed_at")),
                Objects.requireNonNull(Statements.instant(row, "inserted_at")),
                row.getLong("position"));
    }
}
