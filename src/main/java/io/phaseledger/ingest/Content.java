package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What a message says, out of all that it was wrapped in: a completion, or an event of OpenLineage.
 *
 * @param sentAt when it was sent, as the innermost wrapping says that says it; null where none does
 * @param place where that is said, as a pointer
 * @param key what the innermost wrapping is known by, so that it is the same however it came
 */
record Content(
        ObjectNode tree,
        @Nullable String sentAt,
        String place,
        @Nullable String key) {

    /** Whether it is an event of OpenLineage: of a run, or of a job or a dataset by itself, which has no run. */
    boolean isLineage() {
        return tree.path("schemaURL").asText().contains("/OpenLineage.json")
                || (tree.path("run").has("runId") && tree.path("job").isObject());
    }
}
