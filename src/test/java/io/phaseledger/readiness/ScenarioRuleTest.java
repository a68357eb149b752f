package io.phaseledger.readiness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.Answer;
import io.phaseledger.Scenario;
import io.phaseledger.ScenarioAsk;
import io.phaseledger.ScenarioRules;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioRuleTest {

    static Stream<Arguments> asks() {
        return Scenario.all().stream()
                .flatMap(scenario ->
                        scenario.asks().stream().map(ask -> Arguments.of(ask, new ScenarioRules(scenario))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("asks")
    void theRuleAnswersAsTheStoryWants(ScenarioAsk ask, ScenarioRules rules) {
        Answer answer = rules.answer(ask);
        ask.check(answer, UnaryOperator.identity());
        assertEquals(!answer.state().equals("not_ready"), answer.ready());
        assertEquals(answer.state().equals("not_ready"), !answer.reasons().isEmpty());
    }
}
