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
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that are made of the contract: each operation with each of its fields and parameters wrong in each way is refused,
 * what is at a bound is taken, and what is beyond it is not.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class BadRequestsTest {

    private static final List<String> UNSEEN = List.of("a\0b", "\0", "\ufffd", "\u200b", " ");

    /** An alias may have a name of any characters that can be seen. */
    private static final List<String> NO_ID_OR_WORD =
            Stream.concat(UNSEEN.stream(), Stream.of("\ud83c\udfc0", "'", "%")).toList();

    private static final ContractDocument CONTRACT = ContractDocument.read();
    private static final AnswerCheck CHECK = new AnswerCheck(CONTRACT);
    private static final ContractLimits LIMITS = ContractLimits.of(CONTRACT);

    /** Fewer would mean that the contract is no longer understood here. */
    private static final int LEAST_REQUESTS = 1_500;

    static Stream<ContractDocument.Operation> operations() {
        return CONTRACT.operations().stream();
    }

    static List<BadRequest> requests(ContractDocument.Operation operation) {
        SampleRequest sample = SampleRequest.of(operation);
        List<BadRequest> all = new ArrayList<>(BadParameters.of(sample));
        all.addAll(BadBodies.of(sample));
        return all;
    }

    @Tag("proof")
    @ParameterizedTest
    @MethodSource("operations")
    void what_is_wrong_is_refused_by_its_name(ContractDocument.Operation operation) throws IOException {
        List<String> faults = new ArrayList<>();
        for (BadRequest bad : requests(operation)) {
            RawAnswer answer =
                    new RawHttp(RestAssured.port).send(bad.request().bytes()).get(0);
            List<String> found = new ArrayList<>(CHECK.faults(operation, answer));
            found.addAll(isRowWise(operation, answer) ? rejectionFaults(bad, answer) : refusalFaults(bad, answer));
            found.forEach(fault -> faults.add(bad + ": " + fault + "\n    " + answer));
        }
        assertEquals(List.of(), faults, () -> faults.size() + " faults:\n" + String.join("\n", faults));
    }

    @Tag("proof")
    @ParameterizedTest
    @MethodSource("operations")
    void a_path_that_nothing_can_have_leads_nowhere(ContractDocument.Operation operation) throws IOException {
        SampleRequest sample = SampleRequest.of(operation);
        for (String part : sample.path().keySet()) {
            for (String value : operation.path().startsWith("/v1/aliases/") ? UNSEEN : NO_ID_OR_WORD) {
                RawRequest request = sample.withPath(part, value).raw();
                RawAnswer answer =
                        new RawHttp(RestAssured.port).send(request.bytes()).get(0);
                assertTrue(answer.status() >= 400 && answer.status() < 500, () -> request.target() + "\n" + answer);
                assertEquals(List.of(), CHECK.faults(operation, answer), () -> request.target() + "\n" + answer);
            }
        }
    }

    @Test
    void the_table_is_large() {
        int size = operations().mapToInt(each -> requests(each).size()).sum();
        assertTrue(size > LEAST_REQUESTS, () -> "only " + size);
    }

    /** An import goes on without the rows that are wrong, and says so in a good answer. */
    private static boolean isRowWise(ContractDocument.Operation operation, RawAnswer answer) {
        return operation.path().endsWith("/import") && answer.status() == 200;
    }

    private static List<String> rejectionFaults(BadRequest bad, RawAnswer answer) {
        JsonNode rejected = AnswerCheck.tree(answer).path("rejected").path(0);
        String pointer = bad.place().replaceFirst("^/0", "");
        boolean named = pointer.isEmpty()
                ? rejected.path("detail").asText().startsWith("the body")
                : rejected.path("detail").asText().contains(pointer);
        return named || (bad.place().isEmpty() && rejected.has("code")) ? List.of() : List.of("not named: " + rejected);
    }

    private static List<String> refusalFaults(BadRequest bad, RawAnswer answer) {
        List<String> faults = new ArrayList<>();
        if (answer.status() < 400 || answer.status() >= 500) {
            return List.of("not refused");
        }
        JsonNode problem = AnswerCheck.tree(answer);
        List<JsonNode> named = StreamSupport.stream(problem.path("errors").spliterator(), false)
                .filter(error -> names(error, bad.place()))
                .toList();
        if (named.isEmpty()) {
            faults.add("not named");
        }
        if (!bad.codes().isEmpty()
                && named.stream()
                        .noneMatch(
                                error -> bad.codes().contains(error.path("code").asText()))) {
            faults.add("another code than " + bad.codes());
        }
        if (bad.nearest() != null
                && named.stream()
                        .noneMatch(error ->
                                error.path("detail").asText().contains("did you mean `" + bad.nearest() + "`"))) {
            faults.add("not offered: " + bad.nearest());
        }
        return faults;
    }

    /** What is wrong with a part of a field is named at the part. */
    private static boolean names(JsonNode error, String place) {
        return (place.startsWith("/") || place.isEmpty())
                ? error.has("pointer") && (error.path("pointer").asText() + "/").startsWith(place + "/")
                : error.path("parameter").asText().equals(place);
    }

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
