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
        Content content = switch (message.door()) {
            case PUBSUB -> new Unwrapping(json).ofEnvelope(message.tree());
            case CLOUDEVENTS -> new Unwrapping(json).ofEvent(message.tree());
            case OPENLINEAGE -> new Content(message.tree(), null, "", null);
        };
        if (message.door() == Door.OPENLINEAGE || content.isLineage()) {
            return content.tree().hasNonNull("run") ? LineageEvent.read(content.tree(), phases) : Optional.empty();
        }
        return Optional.of(PipelineMessage.read(content.tree(), content.sentAt(), content.place(), content.key()));
    }
}
