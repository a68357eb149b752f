package io.phaseledger.subscription;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.phaseledger.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A call that is or was owed.
 *
 * @param ledgerHash the ledger's hash at the sequence, to be told along
 * @param firstAttemptAt when this round of attempts began
 */
@Schema(name = "Delivery")
record Delivery(
        long id,
        long sequence,
        @JsonIgnore String ledgerHash,
        @Nullable Long previousSequence,
        String event,
        String eventId,
        String status,
        Instant createdAt,
        int attempts,
        @JsonIgnore @Nullable Instant firstAttemptAt,
        @Nullable Instant lastAttemptAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant deliveredAt,
        @Nullable Integer code,
        @Nullable String response,
        @Nullable String error) {

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
                Objects.requireNonNull(Statements.instant(row, "created_at")),
                row.getInt("attempts"),
                Statements.instant(row, "first_attempt_at"),
                Statements.instant(row, "last_attempt_at"),
                Statements.instant(row, "next_attempt_at"),
                Statements.instant(row, "delivered_at"),
                row.getObject("code", Integer.class),
                row.getString("response"),
                row.getString("error"));
    }

    /** What has become of a delivery. */
    enum DeliveryStatus {
        PENDING,
        DELIVERED,
        /** Given up. */
        DEAD,
        /** By request. */
        SKIPPED
    }
}
