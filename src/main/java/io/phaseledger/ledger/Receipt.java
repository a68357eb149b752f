package io.phaseledger.ledger;

import io.phaseledger.access.Challenge;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import java.util.List;

/** What became of a submission. */
sealed interface Receipt {

    /** Whether what was submitted is in the ledger. */
    default boolean isInLedger() {
        return true;
    }

    /** The status that answers it. */
    int status();

    /** The row that it is now or was before; a {@link Problem} when it is not in the ledger. */
    CompletionView view();

    /** Counts itself, if no row stands for it. */
    void count(LedgerMetrics metrics);

    /** It is a new row. */
    record Recorded(CompletionRow row, List<Warning> warnings) implements Receipt {
        @Override
        public int status() {
            return 201;
        }

        @Override
        public CompletionView view() {
            return CompletionView.of(row, warnings);
        }

        @Override
        public void count(LedgerMetrics metrics) {
            // The row counts, once it is committed: an atomic unit may have taken it back.
        }
    }

    /** It had been said before, and nothing was changed. */
    record AlreadyRecorded(CompletionRow row, List<Warning> warnings) implements Receipt {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public CompletionView view() {
            return CompletionView.of(row, warnings);
        }

        @Override
        public void count(LedgerMetrics metrics) {
            metrics.replayed();
        }
    }

    /** Its identity had been used for other facts. */
    record Conflicting(CompletionRow original) implements Receipt {

        private static final List<String> WAYS_ON = List.of(
                "if this is another run, send it with an execution_id of its own",
                "if the original was wrong, retract it (POST /v1/completions/{id}/retraction) and send this as a new run");

        @Override
        public boolean isInLedger() {
            return false;
        }

        @Override
        public int status() {
            return 409;
        }

        @Override
        public CompletionView view() {
            throw Problem.of(status(), "conflict", "the same identity was recorded with other facts, as " + original.id)
                    .with("original", CompletionView.of(original, null))
                    .with("ways_on", WAYS_ON);
        }

        @Override
        public void count(LedgerMetrics metrics) {
            metrics.conflicting();
        }
    }

    /** Its identity had been used for other facts, of a processor that whoever sent it may not see. */
    record Taken() implements Receipt {

        private static final List<String> WAYS_ON =
                List.of("send it with an Idempotency-Key or an execution_id that nobody else uses");

        @Override
        public boolean isInLedger() {
            return false;
        }

        @Override
        public int status() {
            return 409;
        }

        @Override
        public CompletionView view() {
            throw Problem.of(status(), "conflict", "the same identity is in use for what you may not see")
                    .with("ways_on", WAYS_ON);
        }

        @Override
        public void count(LedgerMetrics metrics) {
            metrics.conflicting();
        }
    }

    /** Whoever sent it may not record for this processor. */
    record Forbidden(String principal, String phase, String processor) implements Receipt {

        static final String CODE = "not_yours";

        String why() {
            return principal + " may not record completions of " + processor + " in " + phase;
        }

        @Override
        public boolean isInLedger() {
            return false;
        }

        @Override
        public int status() {
            return 403;
        }

        @Override
        public CompletionView view() {
            throw Challenge.forbidden(CODE, why());
        }

        @Override
        public void count(LedgerMetrics metrics) {
            metrics.refused(CODE);
        }
    }

    /** The ledger's clock speaks against it. */
    record Refused(FieldError error) implements Receipt {
        @Override
        public boolean isInLedger() {
            return false;
        }

        @Override
        public int status() {
            return 422;
        }

        @Override
        public CompletionView view() {
            throw Problem.refused(error);
        }

        @Override
        public void count(LedgerMetrics metrics) {
            metrics.refused(error.code());
        }
    }
}
