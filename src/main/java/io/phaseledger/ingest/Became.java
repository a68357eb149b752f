package io.phaseledger.ingest;

import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Receipt;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message.
 *
 * @param completion the id of its row; null when it is not in the ledger
 * @param reason why it is not in the ledger, pointing into the message; null when it is, or when it need not be
 */
record Became(
        Kind kind, @Nullable UUID completion, @Nullable Problem reason) {

    /** It is about something that is not recorded. */
    static final Became IGNORED = new Became(Kind.IGNORED, null, null);

    static Became unreadable(Problem reason) {
        return new Became(Kind.REJECTED, null, reason);
    }

    static Became of(Receipt receipt, ReadReport report) {
        Problem problem = receipt.problem();
        if (problem == null) {
            return new Became(receipt.isNew() ? Kind.RECORDED : Kind.ALREADY_RECORDED, receipt.completionId(), null);
        }
        return problem.status() == 403
                ? new Became(Kind.FORBIDDEN, null, problem)
                : new Became(Kind.REJECTED, null, report.inMessage(problem));
    }

    /** Why it is not in the ledger; only to be asked when it is rejected or forbidden. */
    Problem problem() {
        return Objects.requireNonNull(reason);
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
