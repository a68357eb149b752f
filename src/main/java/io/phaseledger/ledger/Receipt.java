package io.phaseledger.ledger;

import io.phaseledger.http.FieldError;
import java.util.List;

/** What became of a submission. */
sealed interface Receipt {

    /** Whether what was submitted is in the ledger. */
    boolean isInLedger();

    /** It is a new row. */
    record Recorded(CompletionRow row, List<Warning> warnings) implements Receipt {
        @Override
        public boolean isInLedger() {
            return true;
        }
    }

    /** It had been said before, and nothing was changed. */
    record AlreadyRecorded(CompletionRow row, List<Warning> warnings) implements Receipt {
        @Override
        public boolean isInLedger() {
            return true;
        }
    }

    /** Its identity had been used for other facts. */
    record Conflicting(CompletionRow original) implements Receipt {
        @Override
        public boolean isInLedger() {
            return false;
        }
    }

    /** The ledger's clock speaks against it. */
    record Refused(FieldError error) implements Receipt {
        @Override
        public boolean isInLedger() {
            return false;
        }
    }
}
