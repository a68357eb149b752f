package io.phaseledger.ingest;

import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Intake;
import java.util.Locale;
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

    static Became of(Intake.Outcome outcome, ReadReport report) {
        return switch (outcome.kind()) {
            case RECORDED -> new Became(Kind.RECORDED, outcome.completion(), null);
            case ALREADY_RECORDED -> new Became(Kind.ALREADY_RECORDED, outcome.completion(), null);
            case FORBIDDEN -> new Became(Kind.FORBIDDEN, null, outcome.problem());
            case CONFLICTING, REFUSED -> new Became(Kind.REJECTED, null, report.inMessage(outcome.problem()));
        };
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
        FORBIDDEN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
