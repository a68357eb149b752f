package io.phaseledger.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent in its JSON form. The SDK reads what is said about the event; what is said in it stays in our own tree, for
 * the SDK's would round its numbers.
 *
 * @param id by which the event is known: its source and its id, which together are unique
 * @param key the same, as what identifies a report of it
 */
record EventDocument(String id, String key, @Nullable String time, ObjectNode tree) {

    private static final JsonFormat FORMAT = new JsonFormat();

    /**
     * Reads as much as says which event it is.
     *
     * @throws Problem 400 {@code wrong_type} or {@code invalid_event}, or 422, when it is none of version 1.0
     */
    static EventDocument of(Json json, JsonNode tree) {
        if (!(tree instanceof ObjectNode document)) {
            throw Problem.malformed(FieldError.at("", "wrong_type", "must be an object: a CloudEvent"));
        }
        CloudEvent event = event(json, document);
        String source = event.getSource().toString();
        OffsetDateTime time = event.getTime();
        return new EventDocument(
                MessageId.checked(source + " " + event.getId(), "/id"),
                MessageId.key(Source.CLOUDEVENTS, source + ":" + event.getId()),
                time == null ? null : time.toInstant().toString(),
                document);
    }

    private static CloudEvent event(Json json, ObjectNode document) {
        ObjectNode attributes = document.deepCopy().without(List.of("data", "data_base64"));
        CloudEvent event;
        try {
            event = FORMAT.deserialize(json.bytes(attributes));
        } catch (EventDeserializationException | CloudEventRWException e) {
            throw invalid(innermost(e));
        }
        if (event.getSpecVersion() != SpecVersion.V1) {
            throw invalid("its specversion must be 1.0");
        }
        return event;
    }

    /** The SDK wraps what is wrong with an attribute several times. */
    private static String innermost(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null || cause == e ? String.valueOf(e.getMessage()) : innermost(cause);
    }

    private static Problem invalid(String why) {
        return Problem.malformed(FieldError.at("", "invalid_event", "is no CloudEvent: " + why));
    }

    /** As it is kept. */
    String text(Json json) {
        return new String(json.bytes(tree), UTF_8);
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
