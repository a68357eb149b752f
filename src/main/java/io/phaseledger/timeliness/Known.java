package io.phaseledger.timeliness;

import io.phaseledger.policy.PolicyBook;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.PolicyHistory;
import io.phaseledger.readiness.SlateHistory;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * What counts when it is looked back.
 *
 * @param asOf only what was learned by then
 * @param position only what was recorded up to there
 * @param book holds at least the versions up to that position
 * @param slates up to that position
 */
public record Known(Instant asOf, long position, PolicyBook book, SlateHistory slates) {

    PolicyHistory policies(String name, UnaryOperator<Policy> as) {
        return book.history(name, asOf, position, as);
    }
}
