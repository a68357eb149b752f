package io.phaseledger.ingest;

import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Problem;
import io.phaseledger.run.RunOutcome;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of a message, as JSON. */
@Schema(name = "IngestOutcome")
record IngestView(
        @Schema(enumeration = {"recorded", "already_recorded", "held", "rejected", "ignored"})
        String outcome,

        @Nullable String messageId,
        @Nullable UUID completionId,
        @Nullable UUID rejectionId,
        @Nullable String code,
        @Nullable String detail,
        List<RunOutcome.Note> warnings) {

    /** A message that has no name and is about something that is not recorded. */
    static final IngestView IGNORED =
            new IngestView(EnumNames.of(IngestOutcome.Kind.IGNORED), null, null, null, null, null, List.of());

    /** @param kept under which id it is kept; null where it is not */
    static IngestView of(Received message, IngestOutcome ended, @Nullable UUID kept) {
        Problem why = ended.reason();
        return new IngestView(
                EnumNames.of(ended.kind()),
                message.messageId(),
                ended.completion(),
                kept,
                why == null ? null : why.code(),
                why == null ? null : why.detail(),
                ended.warnings());
    }
}
