package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.http.Durations;
import io.phaseledger.readiness.Applies;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Question;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** One question of a scenario and what the answer must say; what it does not mention may be anything. */
public record ScenarioAsk(String scenario, JsonNode json) {

    public String policy() {
        return json.required("policy").textValue();
    }

    public String gameDate() {
        return json.required("game_date").textValue();
    }

    public Instant asOf() {
        return Instant.parse(json.required("as_of").textValue());
    }

    /** The query parameters besides {@code as_of}. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        json.path("params")
                .properties()
                .forEach(each -> parameters.put(each.getKey(), each.getValue().textValue()));
        return parameters;
    }

    Question question() {
        Map<String, String> parameters = parameters();
        String within = parameters.get("within");
        String applies = parameters.get("applies");
        return new Question(
                LocalDate.parse(gameDate()),
                Mode.valueOf(parameters.getOrDefault("mode", "live").toUpperCase(Locale.ROOT)),
                asOf(),
                within == null ? null : Durations.parse(within),
                applies == null ? null : Applies.valueOf(applies.toUpperCase(Locale.ROOT)));
    }

    /**
     * Holds an answer against what is expected.
     *
     * @param naming how the scenario's processors are called in the answer
     */
    public void check(Answer answer, Function<String, String> naming) {
        JsonNode expected = json.required("expect");
        String story = answer.toString();
        assertEquals(expected.required("state").textValue(), answer.state(), story);
        assertEquals(findings(expected.required("reasons"), naming), answer.reasons(), story);
        if (expected.has("waived")) {
            assertEquals(findings(expected.get("waived"), naming), answer.waived(), story);
        }
        codes(expected.path("warnings_include"))
                .forEach(code -> assertTrue(answer.warnings().contains(code), code + " in " + story));
        if (expected.has("warnings")) {
            assertEquals(
                    codes(expected.get("warnings")),
                    answer.warnings().stream().sorted().toList(),
                    story);
        }
        checkDerived(expected, answer);
    }

    private static void checkDerived(JsonNode expected, Answer answer) {
        if (expected.has("data_age_seconds")) {
            assertEquals(seconds(expected.get("data_age_seconds")), answer.dataAgeSeconds(), answer.toString());
        }
        if (expected.has("decided_at")) {
            assertEquals(instant(expected.get("decided_at")), answer.decidedAt(), answer.toString());
        }
        if (expected.has("expires_at")) {
            assertEquals(instant(expected.get("expires_at")), answer.expiresAt(), answer.toString());
        }
    }

    private static @Nullable BigDecimal seconds(JsonNode number) {
        return number.isNull() ? null : number.decimalValue();
    }

    private static @Nullable Instant instant(JsonNode text) {
        return text.isNull() ? null : Instant.parse(text.textValue());
    }

    private static List<String> codes(JsonNode codes) {
        return StreamSupport.stream(codes.spliterator(), false)
                .map(JsonNode::textValue)
                .sorted()
                .toList();
    }

    private static List<Answer.Finding> findings(JsonNode pairs, Function<String, String> naming) {
        return StreamSupport.stream(pairs.spliterator(), false)
                .map(pair -> new Answer.Finding(
                        pair.get(0).textValue(),
                        pair.get(1).isNull() ? null : naming.apply(pair.get(1).textValue())))
                .toList();
    }

    @Override
    public String toString() {
        String asked = policy() + " " + gameDate() + " at " + asOf();
        return scenario + ": " + asked + (parameters().isEmpty() ? "" : " " + parameters());
    }
}
