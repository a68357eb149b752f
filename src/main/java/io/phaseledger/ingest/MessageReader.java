package io.phaseledger.ingest;

import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import jakarta.inject.Singleton;

/** Reads messages, each in the way of its door; what it reads goes by the message alone, so a retry reads the same. */
@Singleton
class MessageReader {

    private final Json json;

    MessageReader(Json json) {
        this.json = json;
    }

    /**
     * What a message says, out of what it was wrapped in.
     *
     * @throws Problem 400 or 422 when it cannot be unwrapped
     */
    Content content(Received message) {
        return switch (message.door()) {
            case PUBSUB -> new Unwrapping(json).ofEnvelope(message.tree());
            case CLOUDEVENTS -> new Unwrapping(json).ofEvent(message.tree());
            case OPENLINEAGE -> new Content(message.tree(), null, "", null);
        };
    }

    /**
     * The report that a message is which is no event of OpenLineage.
     *
     * @throws Problem 400 or 422 when it cannot be read as one
     */
    static ReadReport report(Content content) {
        return PipelineMessage.read(content.tree(), content.sentAt(), content.place(), content.key());
    }
}
