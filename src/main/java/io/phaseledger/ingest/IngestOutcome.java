package io.phaseledger.ingest;

import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Receipt;
import io.phaseledger.run.RunOutcome;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message.
 *
 * @param completion the id of its row; null when it is not in the ledger
 * @param reason why it is held, rejected or forbidden, pointing into the message; null otherwise
 * @param kept under which id it is kept already, as an event of a run is; null where it is not
 * @param isNew whether it had not come before, as far as that is known
 */
record IngestOutcome(
        Kind kind,
        @Nullable UUID completion,
        @Nullable Problem reason,
        @Nullable UUID kept,
        boolean isNew,
        List<RunOutcome.Note> warnings) {

    /** It is about something that is not recorded. */
    static final IngestOutcome IGNORED = new IngestOutcome(Kind.IGNORED, null, null, null, false, List.of());

    static IngestOutcome rejected(Problem reason) {
        return new IngestOutcome(Kind.REJECTED, null, reason, null, true, List.of());
    }

    static IngestOutcome forbidden(Problem reason) {
        return new IngestOutcome(Kind.FORBIDDEN, null, reason, null, true, List.of());
    }

    static IngestOutcome of(Receipt receipt, ReadReport report) {
        Problem problem = receipt.problem();
        if (problem == null) {
            Kind kind = receipt.isNew() ? Kind.RECORDED : Kind.ALREADY_RECORDED;
            return new IngestOutcome(kind, receipt.completionId(), null, null, receipt.isNew(), List.of());
        }
        return problem.status() == 403 ? forbidden(problem) : rejected(report.inMessage(problem));
    }

    static IngestOutcome of(RunOutcome run) {
        Problem why = run.code() == null ? null : Problem.of(422, run.code(), String.valueOf(run.detail()));
        return new IngestOutcome(
                EnumNames.constant(Kind.class, run.outcome()),
                run.completion(),
                why,
                why == null ? null : run.id(),
                run.isNew(),
                run.warnings());
    }

    /** How it can end. */
    enum Kind {
        RECORDED,
        ALREADY_RECORDED,
        HELD,
        REJECTED,
        IGNORED,
        FORBIDDEN
    }
}
