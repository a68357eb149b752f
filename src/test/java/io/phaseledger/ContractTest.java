package io.phaseledger;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract says what the code does, and says it of everything. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ContractTest {

    private static final String REGENERATE = """
            openapi/openapi.yaml is not what the code says; regenerate it with
              ./mvnw -q package -Dmaven.test.skip -Dquarkus.smallrye-openapi.store-schema-directory=openapi
            """;

    private static String served(String path) {
        return given().accept("*/*").get(path).then().statusCode(200).extract().asString();
    }

    static Stream<ContractDocument.Operation> operations() {
        return ContractDocument.read().operations().stream();
    }

    static Stream<ContractDocument.Field> fields() {
        return ContractDocument.read().fields().stream();
    }

    @Test
    void the_committed_contract_is_what_the_code_says() throws IOException {
        assertEquals(
                inOneOrder(served("/q/openapi?format=yaml")),
                inOneOrder(Files.readString(ContractDocument.FILE)),
                REGENERATE);
    }

    @Test
    void what_is_described_is_there() throws IOException {
        assertEquals(List.of(), contract(served("/q/openapi?format=yaml")).strays());
    }

    @Test
    void what_is_described_and_not_there_would_be_noticed() throws IOException {
        ContractDocument wrong = contract("""
                paths:
                  /v1/keys:
                    get: {operationId: listKeys, summary: List, parameters: [{name: lmit, in: query, description: How many.}]}
                  /v1/keyz:
                    get: {summary: List, responses: {"200": {$ref: "#/components/responses/Keys"}}}
                components:
                  responses: {Keys: {description: The keys.}}
                  schemas:
                    Key: {type: object, properties: {id: {type: string}, nmae: {description: Whose., examples: [a]}}}
                    Kye: {description: A key., properties: {id: {type: string}}}
                """);
        assertEquals(List.of("Key.nmae", "Kye", "GET /v1/keys lmit", "GET /v1/keyz"), wrong.strays());
    }

    @Test
    void the_committed_contract_is_served_as_it_is() throws IOException {
        assertEquals(Files.readString(ContractDocument.FILE), served("/openapi.yaml"));
        assertTrue(served("/q/swagger-ui/").contains("swagger"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void an_operation_is_described(ContractDocument.Operation operation) {
        for (String text : List.of("operationId", "summary", "description")) {
            assertFalse(operation.node().path(text).asText().isBlank(), text);
        }
        assertEquals(1, operation.node().path("tags").size());
        assertAll(operation.parameters().map(parameter -> () -> {
            assertFalse(parameter.path("description").asText().isBlank(), parameter::toString);
            assertTrue(
                    parameter.has("example")
                            || parameter.path("schema").has("enum")
                            || parameter.path("schema").has("default"),
                    parameter::toString);
        }));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void an_operation_has_true_examples_of_what_it_takes_and_answers(ContractDocument.Operation operation) {
        ContractDocument contract = operation.contract();
        assertAll(operation.contents().map(content -> () -> {
            List<JsonNode> examples = examples(content, contract);
            assertFalse(examples.isEmpty(), content::toString);
            for (JsonNode example : examples) {
                assertEquals(List.of(), contract.faults(content.path("schema"), example), example::toString);
            }
        }));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void an_operation_has_its_problems(ContractDocument.Operation operation) {
        for (String status : List.of("400", "406", "500", "503")) {
            assertTrue(operation.responses().containsKey(status), status);
        }
        operation.responses().forEach((status, response) -> {
            assertFalse(response.path("description").asText().isBlank(), status);
            if (Integer.parseInt(status) >= 400) {
                assertTrue(response.at("/content").has("application/problem+json"), status);
                assertTrue(response.path("description").asText().contains("`"), status + " names its codes");
            } else {
                assertTrue(response.path("headers").has("Ledger-Position"), status);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("fields")
    void a_field_is_described(ContractDocument.Field field) {
        assertFalse(field.node().path("description").asText().isBlank(), field::toString);
    }

    @Test
    void words_are_written_as_they_are_on_the_wire() {
        List<String> words = ContractDocument.read().node().findValues("enum").stream()
                .flatMap(all ->
                        Stream.iterate(0, i -> i < all.size(), i -> i + 1).map(all::get))
                .map(JsonNode::asText)
                .toList();
        assertTrue(words.containsAll(List.of("not_ready", "same_day", "no_data", "upstream_newer", "bypass", "warn")));
        assertAll(words.stream().map(word -> () -> assertTrue(word.matches("[a-z][a-z_]*"), word)));
    }

    /** The order of an object's fields says nothing, and is another where the contract is served. */
    private static String inOneOrder(String yaml) throws IOException {
        ObjectMapper mapper = new YAMLMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        return mapper.writeValueAsString(mapper.readValue(yaml, Object.class));
    }

    private static ContractDocument contract(String yaml) throws IOException {
        return new ContractDocument(new YAMLMapper().readTree(yaml));
    }

    private static List<JsonNode> examples(JsonNode content, ContractDocument contract) {
        Stream<JsonNode> named = content.path("examples")
                .valueStream()
                .map(example -> contract.followed(example).path("value"));
        return Stream.concat(named, content.has("example") ? Stream.of(content.get("example")) : Stream.empty())
                .toList();
    }
}
