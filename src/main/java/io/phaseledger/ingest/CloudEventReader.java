package io.phaseledger.ingest;

import io.phaseledger.http.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Reads CloudEvents whose data is a completion, with the fields of a report or with those of the pipeline. */
@ApplicationScoped
class CloudEventReader implements MessageReader {

    private final Json json;

    CloudEventReader(Json json) {
        this.json = json;
    }

    @Override
    public Source source() {
        return Source.CLOUDEVENTS;
    }

    @Override
    public Optional<ReadReport> read(Received message) {
        EventDocument event = EventDocument.of(message.tree());
        return Optional.of(PipelineMessage.read(event.data(json), event.time(), "/time", event.key()));
    }
}
