package io.phaseledger.ingest;

import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads messages, each in the way of its door; what it reads goes by the message alone, so a retry reads the same. */
@Singleton
class MessageReader {

    private final Json json;

    /** The phases of OpenLineage's job namespaces. */
    private final Map<String, String> phases;

    MessageReader(Json json, OpenLineageConfig config) {
        this.json = json;
        this.phases = config.namespaces().values().stream()
                .collect(Collectors.toMap(OpenLineageConfig.Namespace::namespace, OpenLineageConfig.Namespace::phase));
    }

    /**
     * The report that a message is; empty when it is about something that is not recorded.
     *
     * @throws Problem 400 or 422 when it cannot be read as one
     */
    Optional<ReadReport> read(Received message) {
        return switch (message.door()) {
            case PUBSUB -> Optional.of(pushed(PushEnvelope.of(message.tree())));
            case CLOUDEVENTS -> Optional.of(event(EventDocument.of(message.tree())));
            case OPENLINEAGE -> LineageEvent.read(message.tree(), phases);
        };
    }

    /** What the pipeline publishes to Pub/Sub. Attributes are the transport's and no part of what is reported. */
    private ReadReport pushed(PushEnvelope envelope) {
        String key = MessageId.key(Door.PUBSUB, envelope.messageId());
        return PipelineMessage.read(envelope.message(json), envelope.publishTime(), "/publishTime", key);
    }

    /** A CloudEvent's data is a completion, with the fields of a report or with those of the pipeline. */
    private ReadReport event(EventDocument event) {
        return PipelineMessage.read(event.data(json), event.time(), "/time", event.key());
    }
}
