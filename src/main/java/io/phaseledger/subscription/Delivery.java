package io.phaseledger.subscription;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A call that is or was owed.
 *
 * @param ledgerHash the ledger's hash at the sequence, to be told along
 * @param firstAttemptAt when this round of attempts began
 */
@Schema(name = "Delivery", description = "A call that is or was owed.")
record Delivery(
        @Schema(description = "Its place among all.", examples = "17")
        long id,

        @Schema(description = "The position of what it tells.", examples = "1234")
        long sequence,

        @JsonIgnore String ledgerHash,

        @Schema(description = "The sequence of the call before it to the same subscription; null for the first.")
        @Nullable
        Long previousSequence,

        @Schema(description = "What happened.", examples = "readiness.ready")
        String event,

        @Schema(
                description = "The id of the event, which stays the same however often it is told.",
                examples = "readiness.ready:phase4:2026-02-02")
        String eventId,

        @Schema(description = "pending, delivered, dead (given up) or skipped (by request).", examples = "delivered")
        String status,

        @Schema(description = "Since when it is owed.") Instant createdAt,

        @Schema(description = "How often it was tried since it was owed, or owed again.", examples = "1")
        int attempts,

        @JsonIgnore @Nullable Instant firstAttemptAt,

        @Schema(description = "When it was tried last.") @Nullable
        Instant lastAttemptAt,

        @Schema(description = "When it is tried, at the earliest.") @Nullable
        Instant nextAttemptAt,

        @Schema(description = "When it was taken, the last time.") @Nullable
        Instant deliveredAt,

        @Schema(description = "The HTTP status that came last.", examples = "204") @Nullable
        Integer code,

        @Schema(description = "The first 500 bytes of what came with it.") @Nullable
        String response,

        @Schema(description = "Why the last attempt failed.") @Nullable
        String error) {

    static final String COLUMNS = "id, sequence, nba_orchestration.ledger_hash(sequence) AS ledger_hash,"
            + " previous_sequence, event, effect, status, created_at, attempts,"
            + " first_attempt_at, last_attempt_at, next_attempt_at, delivered_at, code, response, error";

    static final String PENDING = "pending";

    static Delivery read(ResultSet row) throws SQLException {
        return new Delivery(
                row.getLong("id"),
                row.getLong("sequence"),
                row.getString("ledger_hash"),
                row.getObject("previous_sequence", Long.class),
                row.getString("event"),
                row.getString("effect"),
                row.getString("status"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getInt("attempts"),
                instant(row, "first_attempt_at"),
                instant(row, "last_attempt_at"),
                instant(row, "next_attempt_at"),
                instant(row, "delivered_at"),
                row.getObject("code", Integer.class),
                row.getString("response"),
                row.getString("error"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
