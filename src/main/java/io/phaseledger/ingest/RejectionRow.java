package io.phaseledger.ingest;

import io.phaseledger.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message that was not recorded; the columns are described in the migration. */
class RejectionRow {

    UUID id;
    String source;
    String messageId;

    @Nullable
    String subscription;

    String body;
    String code;
    String detail;

    String errors;
    Instant receivedAt;
    String receivedBy;

    @Nullable
    Instant retriedAt;

    @Nullable
    String retriedBy;

    @Nullable
    String retryOutcome;

    @Nullable
    String retryDetail;

    @Nullable
    UUID completionId;

    static RejectionRow read(ResultSet from) throws SQLException {
        RejectionRow row = new RejectionRow();
        row.id = from.getObject("id", UUID.class);
        row.source = from.getString("source");
        row.messageId = from.getString("message_id");
        row.subscription = from.getString("subscription");
        row.body = from.getString("body");
        row.code = from.getString("code");
        row.detail = from.getString("detail");
        row.errors = from.getString("errors");
        row.receivedAt = Objects.requireNonNull(Statements.instant(from, "received_at"));
        row.receivedBy = from.getString("received_by");
        row.retriedAt = Statements.instant(from, "retried_at");
        row.retriedBy = from.getString("retried_by");
        row.retryOutcome = from.getString("retry_outcome");
        row.retryDetail = from.getString("retry_detail");
        row.completionId = from.getObject("completion_id", UUID.class);
        return row;
    }
}
