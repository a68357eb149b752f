package io.phaseledger.gate;

import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.readiness.Reason;
import io.phaseledger.readiness.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** What was answered, counted; policies are few and named by operators, so their names may be labels. */
@ApplicationScoped
class GateMetrics {

    private static final String INLINE = "inline";

    private final MeterRegistry registry;

    GateMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void answered(Answer answer) {
        Verdict verdict = answer.verdict();
        String policy =
                verdict.policy().name() == null ? INLINE : verdict.policy().name();
        registry.counter("phase_ledger.answers", "policy", policy, "state", word(verdict.state()))
                .increment();
        for (Reason reason : verdict.reasons()) {
            registry.counter("phase_ledger.reasons", "policy", policy, "code", word(reason.code()))
                    .increment();
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
