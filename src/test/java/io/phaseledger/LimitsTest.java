package io.phaseledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits in the contract are those that hold: what is at one is taken, what is beyond it is not. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class LimitsTest {

    private static final ContractDocument CONTRACT = ContractDocument.read();
    private static final ContractLimits LIMITS = ContractLimits.of(CONTRACT);

    private static RawAnswer post(String path, String body) throws IOException {
        RawRequest request = RawRequest.of("POST", path)
                .with("Content-Type", "application/json")
                .withBody(body.getBytes(UTF_8));
        return new RawHttp(RestAssured.port).send(request.bytes()).get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "'a body, unpacked, except an import''s', phase-ledger.http.max-body-size",
        "'an import''s body by gzip, unpacked, after 16 MiB', phase-ledger.http.max-inflation",
        "a line or element of an import,          phase-ledger.ledger.line-limit",
        "the line of a request with its URL,      quarkus.http.limits.max-initial-line-length",
        "all headers together,                    quarkus.http.limits.max-header-size",
        "'`metadata`, as compact JSON',           phase-ledger.ledger.metadata-limit"
    })
    void what_is_configured_is_what_the_contract_says(String of, String property) {
        String configured = ConfigProvider.getConfig().getValue(property, String.class);
        int number = Integer.parseInt(configured.replace("M", "")) * (configured.endsWith("M") ? 1 << 20 : 1);
        assertEquals(number, LIMITS.most(of));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    nesting of JSON;                  {"a":[  ; [ ; ] ; ]} ; 2
                    a string in JSON;                 {"a":"  ; x ; '' ; "} ; 0
                    a number in JSON;                 {"a":   ; 1 ; '' ; }  ; 0
                    a field's name in JSON;           {"a     ; x ; '' ; ":1} ; 1
                    """)
    void what_json_may_have_is_what_the_contract_says(
            String of, String begin, String more, String close, String end, int has) throws IOException {
        for (int beyond : List.of(0, 1)) {
            int times = LIMITS.most(of) - has + beyond;
            RawAnswer answer = post("/v1/completions", begin + more.repeat(times) + close.repeat(times) + end);
            assertEquals(beyond == 1, answer.body().contains("\"json_limit\""), answer::body);
        }
    }

    @Test
    void exponents_and_faults_are_bounded_as_the_contract_says() throws IOException {
        int exponent = LIMITS.most("the exponent of a number in JSON");
        assertEquals(
                false,
                post("/v1/completions", "{\"metadata\":{\"a\":1e" + exponent + "}}")
                        .body()
                        .contains("/metadata/a"));
        assertTrue(post("/v1/completions", "{\"metadata\":{\"a\":1e" + (exponent + 1) + "}}")
                .body()
                .contains("/metadata/a"));
        String unknown =
                IntStream.range(0, 100).mapToObj(i -> "\"u" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
        JsonNode problem = AnswerCheck.tree(post("/v1/completions", unknown));
        assertEquals(
                LIMITS.most("the faults of a request that are named"),
                problem.path("errors").size());
    }

    @Test
    void metadata_is_bounded_as_the_contract_says() throws IOException {
        int most = LIMITS.most("`metadata`, as compact JSON") - "{\"a\":\"\"}".length();
        for (int beyond : List.of(0, 1)) {
            String body = """
                    {"phase":"phase4","game_date":"2031-02-02","processor_name":"limits","status":"success","metadata":{"a": "%s"}}""";
            RawAnswer answer = post("/v1/completions", body.formatted("x".repeat(most + beyond)));
            assertEquals(beyond == 1 ? 422 : 201, answer.status(), answer::body);
        }
    }

    /** Nothing of it is kept: policies are only validated, and the rest is refused for something else if it is at all. */
    @Test
    void what_is_at_the_bound_of_a_field_is_not_refused_for_it() throws IOException {
        List<String> refused = new ArrayList<>();
        for (String path : List.of("/v1/completions", "/v1/policies/{name}", "/v1/readiness/evaluate")) {
            SampleRequest sample = SampleRequest.of(
                    CONTRACT.operation(path.contains("policies") ? "PUT" : "POST", path.replace("{name}", "phase4")));
            SampleRequest asked = path.contains("policies") ? sample.withQuery("validate_only", "true") : sample;
            new AtTheBound(asked).each((pointer, body) -> {
                RawAnswer answer = new RawHttp(RestAssured.port)
                        .send(asked.raw(body.toString().getBytes(UTF_8)).bytes())
                        .get(0);
                if (answer.status() >= 400 && answer.body().contains("\"" + pointer + "\"")) {
                    refused.add(pointer + ": " + answer);
                }
            });
        }
        assertEquals(List.of(), refused);
    }

    /** Bodies with one field at a bound that the contract gives it. */
    private static final class AtTheBound {

        private final SampleRequest sample;
        private final SchemaSample schemas;

        AtTheBound(SampleRequest sample) {
            this.sample = sample;
            this.schemas = new SchemaSample(sample.operation().contract());
        }

        void each(Sending sending) throws IOException {
            walk(sample.operation().requestBody().at("/content/application~1json/schema"), "", sending);
        }

        private void walk(JsonNode schema, String pointer, Sending sending) throws IOException {
            JsonNode plain = schemas.plain(schema);
            if (SchemaSample.isArray(plain)) {
                walk(plain.path("items"), pointer + "/0", sending);
            }
            for (Map.Entry<String, JsonNode> each : schemas.properties(plain).entrySet()) {
                String field = pointer + "/" + each.getKey();
                for (JsonNode value : BadValues.atTheBoundsOf(
                        schemas.plain(each.getValue()), sample.body().at(field))) {
                    JsonNode body = sample.body().deepCopy();
                    ((ObjectNode) body.at(pointer)).set(each.getKey(), value);
                    sending.send(field, body);
                }
                walk(each.getValue(), field, sending);
            }
        }
    }

    private interface Sending {
        void send(String pointer, JsonNode body) throws IOException;
    }
}
