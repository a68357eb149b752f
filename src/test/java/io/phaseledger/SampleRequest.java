package io.phaseledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request to an operation, made of the examples in the contract.
 *
 * @param path the values of the path's variables
 * @param body missing where the operation takes none
 */
record SampleRequest(
        ContractDocument.Operation operation, Map<String, String> path, Map<String, String> query, JsonNode body) {

    static SampleRequest of(ContractDocument.Operation operation) {
        Map<String, String> path = new LinkedHashMap<>();
        Map<String, String> query = new LinkedHashMap<>();
        operation.parameters().forEach(parameter -> {
            String name = parameter.path("name").asText();
            if (parameter.path("in").asText().equals("path")) {
                path.put(name, parameter.path("example").asText());
            } else if (parameter.path("required").asBoolean()) {
                query.put(name, parameter.path("example").asText());
            }
        });
        if (operation.parameters().anyMatch(each -> each.path("name").asText().equals("atomic"))) {
            query.put("atomic", "true"); // So that what is wrong with one row is the answer.
        }
        return new SampleRequest(operation, path, query, body(operation));
    }

    private static JsonNode body(ContractDocument.Operation operation) {
        JsonNode schema = operation.requestBody().at("/content/application~1json/schema");
        return schema.isMissingNode()
                ? MissingNode.getInstance()
                : new SchemaSample(operation.contract()).of(schema, JsonNodeFactory.instance);
    }

    boolean hasBody() {
        return !body.isMissingNode();
    }

    SampleRequest withPath(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(path);
        changed.put(name, value);
        return new SampleRequest(operation, changed, query, body);
    }

    SampleRequest withQuery(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(query);
        changed.put(name, value);
        return new SampleRequest(operation, path, changed, body);
    }

    String target() {
        String filled = operation.path();
        for (Map.Entry<String, String> each : path.entrySet()) {
            filled = filled.replace("{" + each.getKey() + "}", encoded(each.getValue()));
        }
        return query.isEmpty()
                ? filled
                : filled
                        + query.entrySet().stream()
                                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                                .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }

    RawRequest raw() {
        return raw(hasBody() ? body.toString().getBytes(UTF_8) : new byte[0]);
    }

    /** The same with other bytes for its body. */
    RawRequest raw(byte[] bytes) {
        RawRequest request = RawRequest.of(operation.method(), target());
        return hasBody() ? request.with("Content-Type", "application/json").withBody(bytes) : request;
    }
}
