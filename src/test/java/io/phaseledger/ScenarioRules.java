package io.phaseledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.readiness.Evidence;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Readiness;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A scenario's questions put to the rule alone, without a service or a database. */
public final class ScenarioRules {

    private final MemoryLedger ledger;
    private final Map<String, Policy> policies;
    private final Map<String, Instant> effectiveFrom;

    public ScenarioRules(Scenario scenario) {
        ledger = scenario.ledger();
        policies = scenario.policies().stream()
                .map(ScenarioReading::policy)
                .collect(Collectors.toMap(policy -> String.valueOf(policy.name()), Function.identity()));
        effectiveFrom = scenario.policies().stream()
                .collect(Collectors.toMap(json -> json.required("name").textValue(), ScenarioRules::effectiveFrom));
    }

    private static Instant effectiveFrom(JsonNode policy) {
        return Instant.parse(policy.required("effective_from").textValue());
    }

    /** The rule's answer. */
    public Answer answer(ScenarioAsk ask) {
        Policy policy = known(policies, ask.policy());
        Evidence evidence = ledger.evidence(ask.asOf(), policies);
        boolean retroactive = known(effectiveFrom, ask.policy()).isAfter(ask.asOf());
        return Answer.of(
                Readiness.evaluate(policy, ask.question(), retroactive ? evidence.ofRetroactivePolicy() : evidence));
    }

    private static <T> T known(Map<String, T> map, String name) {
        T value = map.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the scenario has no policy " + name);
        }
        return value;
    }
}
