package io.phaseledger.ingest;

import io.phaseledger.http.Problem;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of a message, as JSON. */
@Schema(name = "IngestOutcome", description = "What became of a message.")
record IngestView(
        @Schema(
                description = "recorded: it is a row of the ledger. already_recorded: it had been one. rejected: it is"
                        + " none, and is kept. ignored: it is about something that is not recorded.",
                enumeration = {"recorded", "already_recorded", "rejected", "ignored"},
                examples = "recorded")
        String outcome,

        @Schema(description = "What the message is known by; null for one without a name.", examples = "11223344556677")
        @Nullable
        String messageId,

        @Schema(description = "Its row in the ledger.", examples = "0198f1a0-5c3e-7a3b-9a63-0c4a4d1c2b11") @Nullable
        UUID completionId,

        @Schema(
                description = "Under which id it is kept, if it is rejected.",
                examples = "0198f1b7-01aa-7c11-8d2e-5f60718293a4")
        @Nullable
        UUID rejectionId,

        @Schema(
                description =
                        "Why it is rejected, for programs: a code that a POST has, or data_missing, or invalid_base64.",
                examples = "relative_date")
        @Nullable
        String code,

        @Schema(description = "Why it is rejected, for people.") @Nullable
        String detail) {

    /** A message that has no name and is about something that is not recorded. */
    static final IngestView IGNORED = new IngestView(Became.Kind.IGNORED.word(), null, null, null, null, null);

    static IngestView of(Received message, Became became) {
        return new IngestView(became.kind().word(), message.messageId(), became.completion(), null, null, null);
    }

    static IngestView rejected(Received message, Problem why, UUID kept) {
        return new IngestView(Became.Kind.REJECTED.word(), message.messageId(), null, kept, why.code(), why.detail());
    }
}
