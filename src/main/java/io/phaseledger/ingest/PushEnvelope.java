package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Identifier;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What Pub/Sub pushes: one message, and the subscription that it comes of. The form is Google's, so fields that are not
 * known here are passed over (https://cloud.google.com/pubsub/docs/push).
 *
 * @param attributes in lower case: what was said beside the data
 * @param publishTime when Pub/Sub took it, by Google's clock; what is no instant is for the ledger to refuse
 */
record PushEnvelope(
        String messageId,
        @Nullable String subscription,
        @Nullable String publishTime,
        Map<String, String> attributes,
        JsonNode data) {

    private static final String NONE = "must not be null; a subscription with --push-no-wrapper needs"
            + " --push-no-wrapper-write-metadata too, which says the message's id in a header";

    /** Whether it looks like one, for what may also be something else. */
    static boolean is(JsonNode tree) {
        JsonNode message = tree.path("message");
        return message.has("messageId") || message.has("message_id");
    }

    /**
     * Reads as much as says which message it is.
     *
     * @throws Problem 400 or 422 when there is none, which is the sender's fault
     */
    static PushEnvelope of(JsonNode envelope) {
        if (!envelope.isObject()) {
            throw Problem.malformed(FieldError.at("", "wrong_type", "must be an object with a message"));
        }
        JsonNode message = envelope.path("message");
        if (message.isMissingNode() || message.isNull()) {
            throw Problem.refused(FieldError.at("/message", "required", NONE));
        }
        if (!message.isObject()) {
            throw Problem.malformed(FieldError.at("/message", "wrong_type", "must be an object"));
        }
        JsonNode id = message.has("messageId") ? message.get("messageId") : message.path("message_id");
        JsonNode time = message.hasNonNull("publishTime") ? message.get("publishTime") : message.path("publish_time");
        return new PushEnvelope(
                Identifier.required(id, "/message/messageId"),
                envelope.hasNonNull("subscription")
                        ? Identifier.required(envelope.get("subscription"), "/subscription")
                        : null,
                time.isMissingNode() || time.isNull() ? null : time.asText(),
                attributes(message.path("attributes")),
                message.path("data"));
    }

    private static Map<String, String> attributes(JsonNode attributes) {
        Map<String, String> read = new TreeMap<>();
        attributes
                .properties()
                .forEach(each -> read.put(
                        each.getKey().toLowerCase(Locale.ROOT), each.getValue().asText()));
        return read;
    }

    /**
     * The message itself.
     *
     * @throws Problem 400 when its data is no JSON object in base64
     */
    ObjectNode message(Json json) {
        return MessageData.object(json, decoded());
    }

    /** @throws Problem 400 when there is no data, or none in base64 */
    byte[] decoded() {
        if (!data.isTextual()) {
            throw Problem.malformed(FieldError.at("", "data_missing", "has no data"));
        }
        return MessageData.decoded(data.textValue());
    }
}
