package io.phaseledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The committed contract, with its references followed and its schemas at work. */
record ContractDocument(JsonNode node) {

    static final Path FILE = Path.of("openapi", "openapi.yaml");

    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    /** What a part has that is only described. */
    private static final Set<String> WORDS = Set.of(
            "summary", "description", "example", "examples", "properties", "parameters", "responses", "name", "in");

    static ContractDocument read() {
        try {
            return new ContractDocument(new YAMLMapper().readTree(FILE.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, where a field that is not described is a fault: what is answered may gain fields, the contract with it. */
    ContractDocument closed() {
        JsonNode copy = node.deepCopy();
        for (JsonNode schema : copy.at("/components/schemas")) {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        }
        return new ContractDocument(copy);
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : node.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> each : path.getValue().properties()) {
                operations.add(
                        new Operation(each.getKey().toUpperCase(Locale.ROOT), path.getKey(), each.getValue(), this));
            }
        }
        return operations;
    }

    Operation operation(String method, String path) {
        return operations().stream()
                .filter(operation -> operation.has(method, path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not in the contract: " + method + " " + path));
    }

    /** The properties of every schema. */
    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> schema : node.at("/components/schemas").properties()) {
            for (JsonNode properties : schema.getValue().findValues("properties")) {
                properties
                        .properties()
                        .forEach(each -> fields.add(new Field(schema.getKey() + "." + each.getKey(), each.getValue())));
            }
        }
        return fields;
    }

    /** What is described and is not there: a name that only contract/*.yaml has comes with words and without a form. */
    List<String> strays() {
        List<String> strays = new ArrayList<>();
        for (Map.Entry<String, JsonNode> schema : node.at("/components/schemas").properties()) {
            addStray(strays, schema.getKey(), schema.getValue());
            for (Map.Entry<String, JsonNode> field :
                    schema.getValue().path("properties").properties()) {
                addStray(strays, schema.getKey() + "." + field.getKey(), field.getValue());
            }
        }
        for (Operation operation : operations()) {
            addStray(strays, operation.toString(), operation.node());
            operation
                    .parameters()
                    .forEach(parameter -> addStray(
                            strays, operation + " " + parameter.path("name").asText(), parameter));
        }
        return strays;
    }

    private static void addStray(List<String> strays, String name, JsonNode part) {
        if (part.propertyStream().allMatch(each -> WORDS.contains(each.getKey()))) {
            strays.add(name);
        }
    }

    JsonNode followed(JsonNode part) {
        return part.has("$ref") ? node.at(part.get("$ref").asText().substring(1)) : part;
    }

    /** What keeps a value from being one of a schema of this document. */
    List<String> faults(JsonNode schema, JsonNode value) {
        return compiled(schema).validate(value).stream()
                .map(ValidationMessage::toString)
                .toList();
    }

    /** A schema of this document, made ready once for many values. */
    JsonSchema compiled(JsonNode schema) {
        ObjectNode document = node.deepCopy();
        document.set("asked", schema);
        return JsonSchemaFactory.getInstance(
                        SpecVersion.VersionFlag.V202012,
                        builder -> builder.schemaLoaders(
                                loaders -> loaders.schemas(Map.of("urn:contract", document.toString()))))
                .getSchema(SchemaLocation.of("urn:contract#/asked"), STRICT);
    }

    /** A property of a schema. */
    record Field(String name, JsonNode node) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A method of a path. */
    record Operation(String method, String path, JsonNode node, ContractDocument contract) {

        Stream<JsonNode> parameters() {
            return StreamSupport.stream(node.path("parameters").spliterator(), false)
                    .map(contract::followed);
        }

        JsonNode requestBody() {
            return contract.followed(node.path("requestBody"));
        }

        Map<String, JsonNode> responses() {
            Map<String, JsonNode> responses = new TreeMap<>();
            node.path("responses")
                    .properties()
                    .forEach(each -> responses.put(each.getKey(), contract.followed(each.getValue())));
            return responses;
        }

        /** What is taken and answered, in each media type. */
        Stream<JsonNode> contents() {
            return Stream.concat(Stream.of(requestBody()), responses().values().stream())
                    .flatMap(each -> each.path("content").properties().stream())
                    .map(Map.Entry::getValue);
        }

        boolean has(String method, String asked) {
            return method.equals(this.method) && asked.matches(path.replaceAll("\\{\\w+}", "[^/]+"));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
