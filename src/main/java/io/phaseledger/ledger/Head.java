package io.phaseledger.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the ledger's one order stands.
 *
 * @param position of the newest entry of any kind; 0 when there is none
 * @param learnedAt when that entry was learned, by the database's clock
 * @param clock the database's clock
 * @param rowHash the end of the hash chain in hexadecimal; null when no completion was recorded yet
 * @param policyPosition of the newest policy version; 0 when there is none
 * @param aliasRevision of the newest alias; 0 when there is none
 */
public record Head(
        long position,
        Instant learnedAt,
        Instant clock,
        @Nullable String rowHash,
        long policyPosition,
        long aliasRevision) {

    /** How far a processor's clock may run ahead of the ledger's; the table refuses more. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    static Head read(ResultSet row) throws SQLException {
        return new Head(
                row.getLong("position"),
                instant(row, "learned_at"),
                instant(row, "clock"),
                hexadecimal(row.getBytes("row_hash")),
                row.getLong("policy_position"),
                row.getLong("alias_revision"));
    }

    private static @Nullable String hexadecimal(byte @Nullable [] hash) {
        return hash == null ? null : HexFormat.of().formatHex(hash);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant)
                .orElseThrow();
    }

    /** The clock, but never before the newest entry: a clock that was set back hides nothing. */
    public Instant now() {
        return clock.isBefore(learnedAt) ? learnedAt : clock;
    }

    /** When the next entry is learned: by the clock, and always after the newest one. */
    public Instant nextLearnedAt() {
        Instant afterNewest = learnedAt.plusNanos(1000);
        return clock.isBefore(afterNewest) ? afterNewest : clock;
    }

    /** The head after a slate that is known from an instant on: it moves neither the chain nor the policies. */
    public Head afterSlate(Instant known) {
        return new Head(position + 1, known, clock, rowHash, policyPosition, aliasRevision);
    }
}
