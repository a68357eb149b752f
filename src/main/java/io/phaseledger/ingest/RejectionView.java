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
@Schema(name = "Rejection", description = "A message that was not recorded, and what became of it since.")
record RejectionView(
        @Schema(description = "UUIDv7.", examples = "0198f1b7-01aa-7c11-8d2e-5f60718293a4")
        UUID id,

        @Schema(
                description = "By which way it came.",
                enumeration = {"pubsub", "cloudevents", "openlineage"},
                examples = "pubsub")
        String source,

        @Schema(
                description =
                        "What it is known by: Pub/Sub's messageId; the source and the id of a CloudEvent; the run, type"
                                + " and time of an OpenLineage event.",
                examples = "11223344556677")
        String messageId,

        @Schema(
                description = "The subscription that delivered it first.",
                examples = "projects/sports/subscriptions/phase-ledger")
        @Nullable
        String subscription,

        @Schema(description = "When it came first.", examples = "2026-02-03T07:00:01Z")
        Instant receivedAt,

        @Schema(description = "The principal that sent it.", examples = "anonymous")
        String receivedBy,

        @Schema(description = "Why it was not recorded, for programs.", examples = "relative_date")
        String code,

        @Schema(
                description = "Why it was not recorded, for people.",
                examples = "/game_date: `TODAY` means another date tomorrow")
        String detail,

        @Schema(
                type = SchemaType.ARRAY,
                implementation = FieldError.class,
                description = "Each field that is at fault; pointers go into the decoded data of a Pub/Sub message and"
                        + " of a CloudEvent, and into an OpenLineage event.")
        @JsonRawValue
        String errors,

        @Schema(
                description =
                        "The message: Pub/Sub's envelope as it came, a CloudEvent in structured form, or the event.",
                examples = "{\"message\":{\"messageId\":\"11223344556677\",\"data\":\"e30=\"}}")
        String body,

        @Schema(description = "When it was tried again, the last time; null if it was not.") @Nullable
        Instant retriedAt,

        @Schema(description = "The principal that tried it again.") @Nullable
        String retriedBy,

        @Schema(
                description = "What became of that: recorded, already_recorded, ignored, or the code of why not.",
                examples = "recorded")
        @Nullable
        String retryOutcome,

        @Schema(description = "Why it was not recorded then, for people.") @Nullable
        String retryDetail,

        @Schema(
                description = "Its row in the ledger; null as long as it has none.",
                examples = "0198f1a0-5c3e-7a3b-9a63-0c4a4d1c2b11")
        @Nullable
        UUID completionId) {

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
    @Schema(name = "Rejections", description = "Messages that were not recorded, newest first.")
    record Page(
            @Schema(description = "The messages.") List<RejectionView> items,

            @Schema(
                    description = "Where the next page begins; null when this is the last one.",
                    examples = "MS4wMTk4ZjFiNy0wMWFhLTdjMTEtOGQyZS01ZjYwNzE4MjkzYTQ")
            @Nullable
            String nextCursor) {}
}
