package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Identifier;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent in its JSON form. The SDK reads what is said about the event; what is said in it stays in our own tree, for
 * the SDK's would round its numbers.
 *
 * @param id by which the event is known: its source and its id, which together are unique
 * @param key the same, as what identifies a report of it
 */
record EventDocument(String id, String key, @Nullable String time, ObjectNode tree) {

    /**
     * Reads as much as says which event it is.
     *
     * @throws Problem 400 {@code wrong_type} or {@code invalid_event}, or 422, when it is none of version 1.0
     */
    static EventDocument of(JsonNode tree) {
        if (!(tree instanceof ObjectNode document)) {
            throw Problem.malformed(FieldError.at("", "wrong_type", "must be an object: a CloudEvent"));
        }
        CloudEvent event = Attributes.read(document);
        String id = event.getSource() + " " + event.getId();
        OffsetDateTime time = event.getTime();
        return new EventDocument(
                Identifier.checked(id, "/id"),
                MessageId.key(Door.CLOUDEVENTS, id),
                time == null ? null : time.toInstant().toString(),
                document);
    }

    /**
     * What is said in it.
     *
     * @throws Problem 400 when that is no JSON object
     */
    ObjectNode data(Json json) {
        if (tree.path("data_base64").isTextual()) {
            return MessageData.object(
                    json, MessageData.decoded(tree.get("data_base64").textValue()));
        }
        if (!tree.hasNonNull("data")) {
            throw Problem.malformed(FieldError.at("", "data_missing", "has no data"));
        }
        return MessageData.object(tree.get("data"));
    }
}
