package io.phaseledger.policy;

import io.phaseledger.database.Statements;
import io.phaseledger.http.EnumNames;
import io.phaseledger.ledger.Versions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change of an alias; the columns are described in the migration.
 *
 * @param target null when the name stands for itself again
 */
record Alias(
        long revision, Kind kind, String name, @Nullable String target, Instant insertedAt, String recordedBy)
        implements Versions.Version {

    static Alias of(ResultSet row) throws SQLException {
        return new Alias(
                row.getLong("revision"),
                EnumNames.constant(Kind.class, row.getString("kind")),
                row.getString("name"),
                row.getString("target"),
                Objects.requireNonNull(Statements.instant(row, "inserted_at")),
                row.getString("recorded_by"));
    }

    @Override
    public boolean closes() {
        return target == null;
    }

    /** Of what the names are. */
    enum Kind {
        PROCESSORS("processor_name"),
        PHASES("phase");

        /** Where completions have a name of this kind. */
        final String column;

        Kind(String column) {
            this.column = column;
        }
    }
}
