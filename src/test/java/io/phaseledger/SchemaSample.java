package io.phaseledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Values with every field that a schema of the contract has, made of its examples. */
record SchemaSample(ContractDocument contract) {

    JsonNode of(JsonNode schema, JsonNodeFactory nodes) {
        JsonNode plain = plain(schema);
        if (!properties(plain).isEmpty()) {
            ObjectNode object = nodes.objectNode();
            properties(plain).forEach((name, property) -> object.set(name, of(property, nodes)));
            return object;
        }
        if (isArray(plain) && !properties(plain(plain.path("items"))).isEmpty()) {
            return nodes.arrayNode().add(of(plain.path("items"), nodes));
        }
        return scalar(schema.has("examples") ? schema : plain, nodes);
    }

    private JsonNode scalar(JsonNode schema, JsonNodeFactory nodes) {
        if (schema.has("examples")) {
            return schema.path("examples").get(0);
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(0);
        }
        if (isArray(schema)) {
            return nodes.arrayNode().add(of(schema.path("items"), nodes));
        }
        return schema.has("default") ? schema.path("default") : nodes.booleanNode(false);
    }

    static boolean isArray(JsonNode schema) {
        return schema.path("type").toString().contains("\"array\"");
    }

    /** Without its reference, and without the alternative that it is null. */
    JsonNode plain(JsonNode schema) {
        JsonNode followed = contract.followed(schema);
        return StreamSupport.stream(followed.path("anyOf").spliterator(), false)
                .filter(each -> !each.path("type").asText().equals("null"))
                .findFirst()
                .map(contract::followed)
                .orElse(followed);
    }

    /** Those of all its parts. */
    Map<String, JsonNode> properties(JsonNode schema) {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        for (JsonNode part : schema.path("allOf")) {
            properties.putAll(properties(plain(part)));
        }
        schema.path("properties").properties().forEach(each -> properties.put(each.getKey(), each.getValue()));
        return properties;
    }

    /** Whether a field must be there. */
    boolean requires(JsonNode schema, String name) {
        return StreamSupport.stream(schema.path("required").spliterator(), false)
                        .anyMatch(each -> each.asText().equals(name))
                || StreamSupport.stream(schema.path("allOf").spliterator(), false)
                        .anyMatch(part -> requires(plain(part), name));
    }
}
