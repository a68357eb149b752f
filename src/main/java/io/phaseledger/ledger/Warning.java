package io.phaseledger.ledger;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Something about a report that its sender should know, though it was recorded. */
@Schema(description = "Something about a report that its sender should know, though it was recorded.")
record Warning(
        @Schema(
                description = "unknown_processor: no policy reads this processor of this phase."
                        + " not_idempotent: nothing was sent that tells a retry from a new report."
                        + " completed_at_kept: a replay; the completed_at of the first report stays."
                        + " retracted: a replay of a report that was retracted; restate it under a new identity.",
                examples = "unknown_processor")
        String code,

        @Schema(
                description = "One sentence for people.",
                examples =
                        "recorded, but no policy reads player_daily_cahce of phase4; the nearest is player_daily_cache")
        String detail,

        @Schema(
                description =
                        "The nearest name that a policy reads: of the phase, if it reads this processor of another, else of a processor.",
                examples = "player_daily_cache")
        @Nullable
        String nearest) {

    static Warning unknownProcessor(String phase, String processor, @Nullable String nearest) {
        String hint = nearest == null ? "" : "; the nearest is " + nearest;
        return new Warning(
                "unknown_processor", "recorded, but no policy reads " + processor + " of " + phase + hint, nearest);
    }

    /** A heartbeat of a run that is known is told from a retry by its time alone. */
    static Warning notIdempotent(boolean isOfKnownRun) {
        String missing = isOfKnownRun ? "a completed_at" : "an execution_id, a completed_at";
        return new Warning(
                "not_idempotent",
                "a retry of this would be recorded again: send " + missing + " or an Idempotency-Key",
                null);
    }

    static Warning completedAtKept(CompletionRow original) {
        return new Warning(
                "completed_at_kept",
                "already recorded with completed_at " + original.completedAt + ", which stays",
                null);
    }

    static Warning retracted(CompletionRow original) {
        return new Warning(
                "retracted",
                original.id + " was retracted and stays so; to restate it, send it with a new identity",
                null);
    }
}
