package io.phaseledger.ingest;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.phaseledger.database.Statements;
import io.phaseledger.http.FieldError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A message that was not recorded, as JSON. */
@Schema(name = "Rejection")
record RejectionView(
        UUID id,

        @Schema(enumeration = {"held", "rejected", "recorded", "already_recorded", "ignored"})
        String outcome,

        @Schema(enumeration = {"pubsub", "cloudevents", "openlineage"})
        String source,

        String messageId,
        @Nullable String subscription,
        Instant receivedAt,
        String receivedBy,
        String code,
        String detail,

        @Schema(type = SchemaType.ARRAY, implementation = FieldError.class) @JsonRawValue
        String errors,

        String body,
        @Nullable Instant retriedAt,
        @Nullable String retriedBy,
        @Nullable String retryOutcome,
        @Nullable String retryDetail,
        @Nullable UUID completionId,
        @Nullable Instant dismissedAt,
        @Nullable String dismissedBy) {

    /** The row that a query stands at. */
    static RejectionView read(ResultSet row) throws SQLException {
        return new RejectionView(
                row.getObject("id", UUID.class),
                row.getString("outcome"),
                row.getString("source"),
                row.getString("message_id"),
                row.getString("subscription"),
                Objects.requireNonNull(Statements.instant(row, "received_at")),
                row.getString("received_by"),
                row.getString("code"),
                row.getString("detail"),
                row.getString("errors"),
                row.getString("body"),
                Statements.instant(row, "retried_at"),
                row.getString("retried_by"),
                row.getString("retry_outcome"),
                row.getString("retry_detail"),
                row.getObject("completion_id", UUID.class),
                Statements.instant(row, "dismissed_at"),
                row.getString("dismissed_by"));
    }

    /** Some of them. */
    @Schema(name = "Rejections")
    record Page(List<RejectionView> items, @Nullable String nextCursor) {}
}
