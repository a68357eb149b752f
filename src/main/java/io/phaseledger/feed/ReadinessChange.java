package io.phaseledger.feed;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.phaseledger.database.Statements;
import io.phaseledger.http.EnumNames;
import io.phaseledger.readiness.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * That a policy's verdict for a date has become another.
 *
 * @param position its own place in the ledger's order; 0 before it has one
 * @param isImported whether it comes only of what brought along when it was known
 * @param isBackfill whether it comes only of a completion that filled history
 * @param isPast whether it comes only of a policy or slate, for a date before yesterday
 * @param reasons JSON: why not, as the verdict has them
 * @param expiresAt the first instant at which, with no new row, ready becomes not ready; null when never
 * @param asOf with {@code knownPosition}, gives the verdict again
 * @param knownPosition where the ledger ended when it was looked at
 * @param insertedAt when it was announced; before that, as {@code asOf}
 */
public record ReadinessChange(
        String policy,
        int version,
        LocalDate gameDate,
        State from,
        State to,
        Cause cause,
        boolean isImported,
        boolean isBackfill,
        boolean isPast,
        @JsonRawValue String reasons,
        @Nullable Instant expiresAt,
        Instant asOf,
        long knownPosition,
        long position,
        Instant insertedAt) {

    /** What made it another. */
    public enum Cause {
        /** Something was recorded. */
        ENTRY,
        /** Nothing was, and time went on. */
        CLOCK
    }

    static ReadinessChange read(ResultSet row) throws SQLException {
        return new ReadinessChange(
                row.getString("policy"),
                row.getInt("version"),
                row.getObject("game_date", LocalDate.class),
                EnumNames.constant(State.class, row.getString("from_state")),
                EnumNames.constant(State.class, row.getString("to_state")),
                EnumNames.constant(Cause.class, row.getString("cause")),
                row.getBoolean("is_imported"),
                row.getBoolean("is_backfill"),
                row.getBoolean("is_past"),
                row.getString("reasons"),
                Statements.instant(row, "expires_at"),
                Objects.requireNonNull(Statements.instant(row, "as_of")),
                row.getLong("known_position"),
                row.getLong("position"),
                Objects.requireNonNull(Statements.instant(row, "inserted_at")));
    }

    /** As they are inserted, in the order of the table's columns. */
    @Nullable
    Object[] columns(long at, Instant announced) {
        return new @Nullable Object[] {
            at,
            policy,
            version,
            gameDate,
            EnumNames.of(from),
            EnumNames.of(to),
            EnumNames.of(cause),
            isImported,
            isBackfill,
            isPast,
            reasons,
            expiresAt,
            asOf,
            knownPosition,
            announced
        };
    }
}
