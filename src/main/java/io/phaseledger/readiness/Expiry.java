package io.phaseledger.readiness;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a ready verdict stops being ready without a new row.
 *
 * <p>The same question is asked again of each instant at which the answer could change, in order, and the first that is
 * not ready is the answer. That way quorums, upstreams and midnights need no reasoning of their own.
 */
final class Expiry {

    private Expiry() {}

    static @Nullable Instant of(Policy policy, Question question, Evidence evidence) {
        for (Instant later : TransitionTimes.after(policy, question, evidence)) {
            if (!new Evaluation(evidence).judge(policy, question.at(later)).ready()) {
                return later;
            }
        }
        return null;
    }
}
