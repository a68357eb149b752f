package io.phaseledger.readiness;

import java.time.Instant;
import java.util.Optional;

/** The rule. */
public final class Readiness {

    private Readiness() {}

    /**
     * Answers a question from the evidence alone.
     *
     * @param evidence what was recorded, and not retracted, by the question's as-of
     * @throws IllegalStateException if the evidence lacks an upstream policy that the policy names
     */
    public static Verdict evaluate(Policy policy, Question question, Evidence evidence) {
        Verdict verdict = new Evaluation(evidence).judge(policy, question);
        return verdict.state() == State.READY ? verdict.expiring(Expiry.of(policy, question, evidence)) : verdict;
    }

    /**
     * The next instant at which the answer to a question may change without a new row, in either direction. Empty when
     * the clock makes no difference any more.
     */
    public static Optional<Instant> nextTurn(Policy policy, Question question, Evidence evidence) {
        return TransitionTimes.after(policy, question, evidence).stream().findFirst();
    }
}
