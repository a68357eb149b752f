package io.phaseledger.ingest;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.phaseledger.http.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A message that was not recorded, as JSON. */
@Schema(name = "Rejection")
record RejectionView(
        UUID id,

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
        @Nullable UUID completionId) {

    static RejectionView of(RejectionRow row) {
        return new RejectionView(
                row.id,
                row.source,
                row.messageId,
                row.subscription,
                row.receivedAt,
                row.receivedBy,
                row.code,
                row.detail,
                row.errors,
                row.body,
                row.retriedAt,
                row.retriedBy,
                row.retryOutcome,
                row.retryDetail,
                row.completionId);
    }

    /** Some of them. */
    @Schema(name = "Rejections")
    record Page(List<RejectionView> items, @Nullable String nextCursor) {}
}
