package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;

/**
 * Takes what a message says out of what it is wrapped in: an envelope of Pub/Sub's may hold a CloudEvent and a CloudEvent an
 * envelope, as Eventarc sends it ({@code google.cloud.pubsub.topic.v1.messagePublished}).
 */
final class Unwrapping {

    /** How many envelopes and events may be in one another. */
    private static final int DEEPEST = 8;

    private final Json json;
    private int depth;

    Unwrapping(Json json) {
        this.json = json;
    }

    /**
     * What a push envelope holds.
     *
     * @throws Problem 400 or 422 when that cannot be read
     */
    Content ofEnvelope(JsonNode tree) {
        PushEnvelope envelope = PushEnvelope.of(tree);
        if (BinaryEvent.is(envelope.attributes())) {
            return ofEvent(BinaryEvent.document(json, envelope.attributes(), envelope.decoded()));
        }
        String key = MessageId.key(Door.PUBSUB, envelope.messageId());
        return within(new Content(envelope.message(json), envelope.publishTime(), "/publishTime", key));
    }

    /**
     * What a CloudEvent in its JSON form holds.
     *
     * @throws Problem 400 or 422 when that cannot be read
     */
    Content ofEvent(JsonNode tree) {
        EventDocument event = EventDocument.of(tree);
        return within(new Content(event.data(json), event.time(), "/time", event.key()));
    }

    private Content within(Content content) {
        ObjectNode tree = content.tree();
        if (++depth > DEEPEST) {
            throw Problem.malformed(FieldError.at("", "json_limit", "is wrapped more than " + DEEPEST + " times"));
        }
        if (PushEnvelope.is(tree)) {
            return ofEnvelope(tree);
        }
        return tree.has("specversion") ? ofEvent(tree) : content;
    }
}
