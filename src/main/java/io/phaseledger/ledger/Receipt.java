package io.phaseledger.ledger;

import io.phaseledger.access.Challenge;
import io.phaseledger.access.Principal;
import io.phaseledger.http.Problem;
import io.phaseledger.imports.Tally;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a submission: a row of the ledger, or the problem that a POST of it is answered with.
 *
 * @param status 201 for a new row, 200 for one that had said the same before, else that of the problem
 * @param row null when it is not in the ledger
 * @param problem null when it is
 */
public record Receipt(
        int status,
        @Nullable CompletionRow row,
        List<Warning> warnings,
        @Nullable Problem problem) implements Tally.Outcome {

    private static final List<String> WAYS_ON = List.of(
            "if this is another run, send it with an execution_id of its own",
            "if the original was wrong, retract it (POST /v1/completions/{id}/retraction) and send this as a new run");

    private static final String UNUSED = "send it with an Idempotency-Key or an execution_id that no one else uses";

    static Receipt recorded(CompletionRow row, List<Warning> warnings) {
        return new Receipt(201, row, warnings, null);
    }

    static Receipt alreadyRecorded(CompletionRow row, List<Warning> warnings) {
        return new Receipt(200, row, warnings, null);
    }

    /** Its identity had been used for other facts. */
    static Receipt conflicting(CompletionRow original) {
        return refused(Problem.of(409, "conflict", "the same identity was recorded with other facts, as " + original.id)
                .with("original", CompletionView.of(original, null))
                .with("ways_on", WAYS_ON));
    }

    /** Its identity had been used for other facts, of a processor that the sender may not see. */
    static Receipt conflictingUnseen() {
        return refused(Problem.of(409, "conflict", "the same identity is in use for what you may not see")
                .with("ways_on", List.of(UNUSED)));
    }

    /** The sender may not record for this processor. */
    static Receipt notYours(Principal by, String phase, String processor) {
        return refused(Challenge.forbidden(
                "not_yours", by.name() + " may not record completions of " + processor + " in " + phase));
    }

    static Receipt refused(Problem problem) {
        return new Receipt(problem.status(), null, List.of(), problem);
    }

    @Override
    public boolean isNew() {
        return status == 201;
    }

    public boolean isInLedger() {
        return row != null;
    }

    /** The id of its row; null when it is not in the ledger. */
    public @Nullable UUID completionId() {
        return row == null ? null : row.id;
    }

    /** Its row as it is shown; only to be asked when it is in the ledger. */
    CompletionView completion() {
        return CompletionView.of(Objects.requireNonNull(row), warnings);
    }
}
