package io.phaseledger.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A policy as it is put under a name.
 *
 * @param effectiveFrom from when it shall be in force; null for now
 */
record PolicyPut(
        String name, PolicyDefinition definition, @Nullable Instant effectiveFrom) {

    /** Takes the definition apart from what is said about it. */
    static PolicyPut read(String name, byte[] body, Json json) {
        JsonNode tree = json.tree(body);
        Instant effectiveFrom = tree instanceof ObjectNode object ? effectiveFrom(name, object, json) : null;
        PolicyDefinition.forgetWhatIsShown(tree);
        PolicyDefinition definition = json.read(tree, PolicyDefinition.class, PolicyDefinition.SHOWN_BESIDE);
        return new PolicyPut(name, definition, effectiveFrom);
    }

    private static @Nullable Instant effectiveFrom(String name, ObjectNode object, Json json) {
        String named = json.take(object, "name", String.class);
        if (named != null && !named.equals(name)) {
            throw Problem.refused(FieldError.at("/name", "name_mismatch", "must be the name in the path, " + name));
        }
        return json.take(object, "effective_from", Instant.class);
    }

    /** Whether putting it would add nothing to this version. */
    boolean says(PolicyVersion latest) {
        return latest.definition().equals(definition)
                && (effectiveFrom == null || effectiveFrom.equals(latest.effectiveFrom()));
    }
}
