package io.phaseledger;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays each scenario against the running service; a second time on the same ledger, nothing is added. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ScenarioHttpTest {

    static List<Scenario> scenarios() {
        return Scenario.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void theServiceAnswersAsTheStoryWants(Scenario scenario) throws JsonProcessingException {
        String prefix = "s" + scenario.name().substring(0, 2) + ".";
        scenario.policies().forEach(policy -> put(prefix, policy));
        scenario.slates().forEach(ScenarioHttpTest::putSlate);
        importCompletions(prefix, scenario);
        assertEquals(0, importCompletions(prefix, scenario).getInt("recorded"));
        for (ScenarioAsk ask : scenario.asks()) {
            ask.check(ask(ask), name -> prefix + name);
        }
    }

    private static void put(String prefix, JsonNode policy) {
        ObjectNode own = policy.deepCopy();
        own.required("requirements").forEach(each -> rename(prefix, each));
        given().contentType("application/json")
                .body(own.toString())
                .put("/v1/policies/" + own.required("name").textValue())
                .then()
                .statusCode(anyOf(is(200), is(201)));
    }

    private static void putSlate(JsonNode slate) {
        ObjectNode said = slate.deepCopy();
        String date = said.remove("game_date").textValue();
        given().contentType("application/json")
                .body(said.toString())
                .put("/v1/slates/" + date)
                .then()
                .statusCode(anyOf(is(200), is(201)));
    }

    /** Once to record them, or to find them recorded by an earlier run; then it must add nothing. */
    private static JsonPath importCompletions(String prefix, Scenario scenario) {
        String lines = scenario.completions().stream()
                .map(each -> rename(prefix, each.deepCopy()).toString())
                .collect(joining("\n"));
        JsonPath answer = given().contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post("/v1/completions/import")
                .then()
                .statusCode(200)
                .body("rejected", hasSize(0))
                .extract()
                .jsonPath();
        int rows = scenario.completions().size();
        assertEquals(rows, answer.getInt("read"));
        assertEquals(rows, answer.getInt("recorded") + answer.getInt("replayed"));
        return answer;
    }

    private static JsonNode rename(String prefix, JsonNode named) {
        String name = named.required("processor_name").textValue();
        return ((ObjectNode) named).put("processor_name", prefix + name);
    }

    private static Answer ask(ScenarioAsk ask) throws JsonProcessingException {
        String answer = given().queryParam("as_of", ask.asOf().toString())
                .queryParams(ask.parameters())
                .get("/v1/readiness/" + ask.policy() + "/" + ask.gameDate())
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return Answer.of(answer);
    }
}
