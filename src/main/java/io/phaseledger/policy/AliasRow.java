package io.phaseledger.policy;

import io.phaseledger.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A change of an alias; the columns are described in the migration. */
record AliasRow(
        long revision, String kind, String name, @Nullable String target, Instant insertedAt, String recordedBy) {

    static final String PROCESSORS = "processors";
    static final String PHASES = "phases";

    static AliasRow read(ResultSet row) throws SQLException {
        return new AliasRow(
                row.getLong("revision"),
                row.getString("kind"),
                row.getString("name"),
                row.getString("target"),
                Objects.requireNonNull(Statements.instant(row, "inserted_at")),
                row.getString("recorded_by"));
    }
}
