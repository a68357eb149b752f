package io.phaseledger.gate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.http.EnumNames;
import io.phaseledger.readiness.Reason;
import io.phaseledger.readiness.Verdict;
import jakarta.enterprise.context.ApplicationScoped;

/** What was answered, counted; policies are few and named by operators, so their names may be labels. */
@ApplicationScoped
class GateMetrics {

    private static final String INLINE = "inline";

    private final MeterProvider<Counter> answers;
    private final MeterProvider<Counter> reasons;

    GateMetrics(MeterRegistry registry) {
        this.answers = Counter.builder("phase_ledger.answers")
                .description(
                        "Verdicts that questions about one policy and date were answered with, by policy and state")
                .withRegistry(registry);
        this.reasons = Counter.builder("phase_ledger.reasons")
                .description("Reasons that questions about one policy and date were answered with, by policy and code")
                .withRegistry(registry);
    }

    void answered(Answer answer) {
        Verdict verdict = answer.verdict();
        String policy =
                verdict.policy().name() == null ? INLINE : verdict.policy().name();
        answers.withTags("policy", policy, "state", EnumNames.of(verdict.state()))
                .increment();
        for (Reason reason : verdict.reasons()) {
            reasons.withTags("policy", policy, "code", EnumNames.of(reason.code()))
                    .increment();
        }
    }
}
