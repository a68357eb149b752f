package io.phaseledger.ingest;

import io.phaseledger.http.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Reads what the pipeline publishes to Pub/Sub. Attributes are the transport's and no part of what is reported. */
@ApplicationScoped
class PubSubReader implements MessageReader {

    private final Json json;

    PubSubReader(Json json) {
        this.json = json;
    }

    @Override
    public Source source() {
        return Source.PUBSUB;
    }

    @Override
    public Optional<ReadReport> read(Received message) {
        PushEnvelope envelope = PushEnvelope.of(message.tree());
        return Optional.of(PipelineMessage.read(
                envelope.message(json),
                envelope.publishTime(),
                "/publishTime",
                MessageId.key(Source.PUBSUB, envelope.messageId())));
    }
}
