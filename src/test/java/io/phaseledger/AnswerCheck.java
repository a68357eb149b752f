package io.phaseledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Says what of an answer the contract does not. */
final class AnswerCheck {

    static final String PROBLEM = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What tells of the inside: packages, stack traces, SQL. */
    private static final List<String> SECRETS = List.of(
            "io.phaseledger",
            "java.",
            "jakarta.",
            "com.fasterxml",
            "org.hibernate",
            "org.postgresql",
            "io.vertx",
            "io.netty",
            "Exception",
            "\tat ",
            "SELECT ",
            "INSERT ");

    private final ContractDocument contract;
    private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();
    private final JsonNode problem;

    AnswerCheck(ContractDocument contract) {
        this.contract = contract.closed();
        this.problem = contract.node().at("/components/schemas/Problem");
    }

    /** What is wrong with an answer of an operation; empty when nothing is. */
    List<String> faults(ContractDocument.Operation operation, RawAnswer answer) {
        JsonNode documented = operation.responses().get(Integer.toString(answer.status()));
        if (documented == null) {
            return List.of("not a documented status");
        }
        List<String> faults = new ArrayList<>(secrets(answer));
        if (documented.has("content") == answer.body().isEmpty()) {
            faults.add("a body where none is documented, or none where one is");
        } else if (documented.has("content")) {
            faults.addAll(contentFaults(documented, answer));
        }
        documented.path("headers").properties().forEach(header -> {
            if (contract.followed(header.getValue()).path("required").asBoolean()
                    && !answer.headers().containsKey(header.getKey().toLowerCase(java.util.Locale.ROOT))) {
                faults.add("no " + header.getKey());
            }
        });
        return faults;
    }

    /** What is wrong with a refusal of what is no operation: another path, another method, no HTTP. */
    List<String> faultsOfProblem(RawAnswer answer) {
        List<String> faults = new ArrayList<>(secrets(answer));
        if (!PROBLEM.equals(answer.mediaType())) {
            faults.add("no problem document");
        } else {
            faults.addAll(schemaFaults(problem, tree(answer)));
        }
        return faults;
    }

    private List<String> contentFaults(JsonNode documented, RawAnswer answer) {
        JsonNode content = documented.path("content").path(String.valueOf(answer.mediaType()));
        if (!content.has("schema")) {
            return List.of("not a documented media type: " + answer.mediaType());
        }
        if (!String.valueOf(answer.mediaType()).endsWith("json") || "application/x-ndjson".equals(answer.mediaType())) {
            return List.of();
        }
        JsonNode body = tree(answer);
        List<String> faults = new ArrayList<>(schemaFaults(content.path("schema"), body));
        String code = body.path("code").asText();
        if (PROBLEM.equals(answer.mediaType()) && !isListed(code, documented)) {
            faults.add("a code that the answer's description does not list: " + code);
        }
        return faults;
    }

    /** An atomic batch has the codes of its rows. */
    private static boolean isListed(String code, JsonNode documented) {
        String description = documented.path("description").asText();
        return description.contains("`" + code + "`") || description.contains("the code is the first error's");
    }

    private List<String> schemaFaults(JsonNode schema, JsonNode body) {
        return schemas.computeIfAbsent(schema, contract::compiled).validate(body).stream()
                .map(Object::toString)
                .toList();
    }

    private static List<String> secrets(RawAnswer answer) {
        return answer.status() < 400
                ? List.of()
                : SECRETS.stream()
                        .filter(answer.body()::contains)
                        .map(each -> "tells of " + each)
                        .toList();
    }

    static JsonNode tree(RawAnswer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + answer, e);
        }
    }
}
