package io.phaseledger.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a push subscription of Pub/Sub is pointed at. */
@Path("/v1/ingest/pubsub")
@Tag(name = "Record")
@Produces(MediaType.APPLICATION_JSON)
class PubSubResource {

    private final Json json;
    private final Ingest ingest;

    PubSubResource(Json json, Ingest ingest) {
        this.json = json;
        this.ingest = ingest;
    }

    @POST
    @Needs(Scope.RECORD)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "ingestPubSub")
    public IngestView push(@RequestBody(ref = "PushEnvelope") byte[] body) {
        JsonNode tree = json.tree(body);
        PushEnvelope envelope = PushEnvelope.of(tree);
        return ingest.take(new Received(
                Source.PUBSUB,
                envelope.messageId(),
                envelope.subscription(),
                new String(body, UTF_8),
                MessageData.object(tree)));
    }
}
