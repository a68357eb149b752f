package io.phaseledger.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy as it is put under a name.
 *
 * @param effectiveFrom from when it shall be in force; null for now
 */
record PolicyPut(
        String name, PolicyDefinition definition, @Nullable Instant effectiveFrom) {

    /** What a GET shows beyond the definition, so that its answer can be changed and put; the ledger sets them. */
    private static final List<String> SET_BY_LEDGER = List.of("version", "position", "inserted_at", "recorded_by");

    /** Takes the definition apart from what is said about it. */
    static PolicyPut read(String name, byte[] body, Json json) {
        JsonNode tree = json.tree(body);
        if (!(tree instanceof ObjectNode object)) {
            return new PolicyPut(name, json.read(tree, PolicyDefinition.class), null);
        }
        JsonNode named = object.remove("name");
        if (named != null && !named.asText().equals(name)) {
            throw Problem.refused(FieldError.at("/name", "name_mismatch", "must be the name in the path, " + name));
        }
        JsonNode effective = object.remove("effective_from");
        object.remove(SET_BY_LEDGER);
        PolicyDefinition definition = json.read(object, PolicyDefinition.class);
        return new PolicyPut(name, definition, effective(effective, json));
    }

    private static @Nullable Instant effective(@Nullable JsonNode given, Json json) {
        if (given == null || given.isNull()) {
            return null;
        }
        ObjectNode wrapped = JsonNodeFactory.instance.objectNode().set("effective_from", given);
        return json.read(wrapped, Effective.class).effectiveFrom();
    }

    /** Whether putting it would add nothing to this version. */
    boolean says(PolicyVersion latest) {
        return latest.definition().equals(definition)
                && (effectiveFrom == null || effectiveFrom.equals(latest.effectiveFrom()));
    }

    private record Effective(Instant effectiveFrom) {}
}
