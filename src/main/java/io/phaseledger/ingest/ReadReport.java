package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The report that a message was read as.
 *
 * @param fields as a POST would have them
 * @param places where in the message each field was, as a JSON pointer, where that is not under its own name
 * @param key what identifies the report where it has no {@code execution_id}; null for nothing
 */
record ReadReport(
        ObjectNode fields,
        Map<String, String> places,
        @Nullable String key) {

    /** What identifies it beside its facts: nothing where it says which run it is of. */
    @Nullable
    String idempotencyKey() {
        return fields.hasNonNull("execution_id") ? null : key;
    }

    /** The same refusal, pointing into the message instead of the report. */
    Problem inMessage(Problem refusal) {
        if (refusal.errors().isEmpty()) {
            return refusal;
        }
        List<FieldError> errors = refusal.errors().stream().map(this::inMessage).toList();
        return refusal.status() == 400 ? Problem.malformed(errors) : Problem.refused(errors);
    }

    private FieldError inMessage(FieldError error) {
        String pointer = error.pointer();
        if (pointer == null || pointer.isEmpty()) {
            return error;
        }
        String field = pointer.substring(1).replaceFirst("/.*", "");
        String place = places.get(field);
        return place == null
                ? error
                : FieldError.at(place + pointer.substring(1 + field.length()), error.code(), error.detail());
    }
}
