package io.phaseledger.ingest;

import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Problem;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of a message, as JSON. */
@Schema(name = "IngestOutcome")
record IngestView(
        @Schema(enumeration = {"recorded", "already_recorded", "rejected", "ignored"})
        String outcome,

        @Nullable String messageId,
        @Nullable UUID completionId,
        @Nullable UUID rejectionId,
        @Nullable String code,
        @Nullable String detail) {

    /** A message that has no name and is about something that is not recorded. */
    static final IngestView IGNORED =
            new IngestView(EnumNames.of(IngestOutcome.Kind.IGNORED), null, null, null, null, null);

    static IngestView of(Received message, IngestOutcome ended) {
        return new IngestView(EnumNames.of(ended.kind()), message.messageId(), ended.completion(), null, null, null);
    }

    static IngestView rejected(Received message, Problem why, UUID kept) {
        return new IngestView(
                EnumNames.of(IngestOutcome.Kind.REJECTED), message.messageId(), null, kept, why.code(), why.detail());
    }
}
