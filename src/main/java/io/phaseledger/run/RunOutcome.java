package io.phaseledger.run;

import io.phaseledger.source.JobMapping;
import io.phaseledger.source.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event of a run.
 *
 * @param id under which the event is kept
 * @param outcome recorded, already_recorded, held, rejected or ignored
 * @param isNew whether it had not been stored before
 * @param completion the row that tells of it; null for none
 * @param code why there is none; null otherwise
 */
public record RunOutcome(
        UUID id,
        String outcome,
        boolean isNew,
        @Nullable UUID completion,
        @Nullable String code,
        @Nullable String detail,
        List<Note> warnings) {

    /** Something that the sender should know, though it was taken. */
    @Schema
    public record Note(String code, String detail) {}

    static RunOutcome of(UUID id, RunTable.Outcome known, boolean isReplay, RunEvent event, JobMapping job) {
        List<Note> warnings = new ArrayList<>();
        if (job.source() == null && event.type() != RunEvent.EventType.OTHER) {
            warnings.add(
                    new Note("unmapped_source", Sources.unmapped(event.run().namespace(), event.job())));
        }
        if (event.time().offset() == null && event.isTimed()) {
            warnings.add(new Note("zone_assumed", "eventTime has no zone; it is taken as UTC"));
        }
        boolean isPart = RunTable.Outcome.PART.equals(known.code());
        if (isPart) {
            warnings.add(
                    new Note(
                            RunTable.Outcome.PART,
                            "recorded as running: the run is part of the date, which is whole when the source of its job says so"));
        }
        return new RunOutcome(
                id,
                isReplay && known.outcome().equals("recorded") ? "already_recorded" : known.outcome(),
                id.equals(event.id()),
                known.completion(),
                isPart ? null : known.code(),
                known.detail(),
                warnings);
    }
}
