package io.phaseledger.gate;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Positions;
import io.phaseledger.policy.PolicyBook;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * By which knowledge a question is to be answered.
 *
 * @param asOf what was learned by then; null for now
 * @param position as if the ledger ended there; null for its end
 * @param atLeast a position that the ledger must have reached; null for any
 * @param inBody whether as-of is a field of a body, not a parameter
 */
record AsKnown(
        @Nullable Instant asOf,
        @Nullable Long position,
        @Nullable Long atLeast,
        boolean inBody) {

    static final AsKnown NOW = new AsKnown(null, null, null, false);

    /** @throws Problem 422 when as-of lies in the future, 409 when a position lies beyond the end */
    Snapshot snapshot(Reading reading, PolicyBook book) {
        long head = reading.head();
        Positions.checkKnown("position", position, head);
        Positions.checkKnown("at_least", atLeast, head);
        Positions.checkNotAhead(asOf, reading.now(), this::error);
        long upTo = position == null ? head : position;
        if (atLeast != null && atLeast > upTo) {
            throw Problem.refused(FieldError.parameter(
                    "at_least", "contradiction", "at position " + upTo + " nothing has seen " + atLeast));
        }
        return new Snapshot(asOf == null ? reading.now() : asOf, upTo, reading.clock(), book, reading.end());
    }

    private FieldError error(String code, String detail) {
        return inBody ? FieldError.at("/as_of", code, detail) : FieldError.parameter("as_of", code, detail);
    }
}
