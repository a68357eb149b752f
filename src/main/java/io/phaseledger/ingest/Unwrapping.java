package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a message says out of what it is wrapped in: an envelope of Pub/Sub's may hold a CloudEvent and a CloudEvent an
 * envelope, as Eventarc sends it ({@code google.cloud.pubsub.topic.v1.messagePublished}).
 */
final class Unwrapping {

    /** How many envelopes and events may be in one another. */
    private static final int DEEPEST = 8;

    private final Json json;
    private int depth;
    private @Nullable String sentAt;
    private String place = "";

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
        noteTime(envelope.publishTime(), "/publishTime");
        return BinaryEvent.is(envelope.attributes())
                ? ofEvent(BinaryEvent.document(json, envelope.attributes(), envelope.decoded()))
                : within(envelope.message(json), MessageId.key(Door.PUBSUB, envelope.messageId()));
    }

    /**
     * What a CloudEvent in its JSON form holds.
     *
     * @throws Problem 400 or 422 when that cannot be read
     */
    Content ofEvent(JsonNode tree) {
        EventDocument event = EventDocument.of(tree);
        noteTime(event.time(), "/time");
        return within(event.data(json), event.key());
    }

    /** The innermost that says when it was sent is believed: one that waited in a topic must not look fresh. */
    private void noteTime(@Nullable String time, String pointer) {
        if (time != null) {
            sentAt = time;
            place = pointer;
        }
    }

    private Content within(ObjectNode tree, String key) {
        if (++depth > DEEPEST) {
            throw Problem.malformed(FieldError.at("", "json_limit", "is wrapped more than " + DEEPEST + " times"));
        }
        if (PushEnvelope.is(tree)) {
            return ofEnvelope(tree);
        }
        return tree.has("specversion") ? ofEvent(tree) : new Content(tree, sentAt, place, key);
    }
}
