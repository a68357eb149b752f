package io.phaseledger.policy;

import io.phaseledger.http.FieldError;
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
    static PolicyPut of(String name, PolicyDefinition said) {
        if (said.name() != null && !said.name().equals(name)) {
            throw Problem.refused(FieldError.at("/name", "name_mismatch", "must be the name in the path, " + name));
        }
        return new PolicyPut(name, said.alone(), said.effectiveFrom());
    }

    /** Whether putting it would add nothing to this version. */
    boolean says(PolicyVersion latest) {
        return latest.definition().equals(definition)
                && (effectiveFrom == null || effectiveFrom.equals(latest.effectiveFrom()));
    }
}
