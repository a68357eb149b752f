package io.phaseledger.feed;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.phaseledger.readiness.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
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
        CLOCK;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ReadinessChange of(ReadinessChangeRow row) {
        return new ReadinessChange(
                row.policy,
                row.version,
                row.gameDate,
                State.of(row.fromState),
                State.of(row.toState),
                Cause.valueOf(row.cause.toUpperCase(Locale.ROOT)),
                row.isImported,
                row.isBackfill,
                row.isPast,
                row.reasons,
                row.expiresAt,
                row.asOf,
                row.knownPosition,
                row.position,
                row.insertedAt);
    }

    ReadinessChangeRow row(long at, Instant announced) {
        ReadinessChangeRow row = new ReadinessChangeRow();
        row.position = at;
        row.policy = policy;
        row.version = version;
        row.gameDate = gameDate;
        row.fromState = from.word();
        row.toState = to.word();
        row.cause = cause.word();
        row.isImported = isImported;
        row.isBackfill = isBackfill;
        row.isPast = isPast;
        row.reasons = reasons;
        row.expiresAt = expiresAt;
        row.asOf = asOf;
        row.knownPosition = knownPosition;
        row.insertedAt = announced;
        return row;
    }
}
