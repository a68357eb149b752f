package io.phaseledger.ledger;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Something about a report that its sender should know, though it was recorded. */
@Schema
record Warning(String code, String detail, @Nullable String nearest) {

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

    /** @param between how the execution ended between the first report of that outcome and this one */
    static Warning executionRerun(CompletionRow between) {
        return new Warning(
                "execution_rerun",
                "recorded as a run of its own: since the first report of this outcome, the execution was "
                        + between.status + " at " + between.completedAt,
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
