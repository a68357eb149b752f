package io.phaseledger.readiness;

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
}
