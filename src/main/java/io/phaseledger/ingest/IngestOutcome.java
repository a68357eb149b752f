package io.phaseledger.ingest;

import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Receipt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message.
 *
 * @param completion the id of its row; null when it is not in the ledger
 * @param reason why it is rejected or forbidden, pointing into the message; null otherwise
 */
record IngestOutcome(
        Kind kind, @Nullable UUID completion, @Nullable Problem reason) {

    /** It is about something that is not recorded. */
    static final IngestOutcome IGNORED = new IngestOutcome(Kind.IGNORED, null, null);

    static IngestOutcome rejected(Problem reason) {
        return new IngestOutcome(Kind.REJECTED, null, reason);
    }

    static IngestOutcome of(Receipt receipt, ReadReport report) {
        Problem problem = receipt.problem();
        if (problem == null) {
            Kind kind = receipt.isNew() ? Kind.RECORDED : Kind.ALREADY_RECORDED;
            return new IngestOutcome(kind, receipt.completionId(), null);
        }
        return problem.status() == 403
                ? new IngestOutcome(Kind.FORBIDDEN, null, problem)
                : rejected(report.inMessage(problem));
    }

    /** How it can end. */
    enum Kind {
        RECORDED,
        ALREADY_RECORDED,
        REJECTED,
        IGNORED,
        FORBIDDEN
    }
}
