package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
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

    private final Ingest ingest;

    PubSubResource(Ingest ingest) {
        this.ingest = ingest;
    }

    @POST
    @Needs(Scope.RECORD)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "ingestPubSub")
    public IngestView push(@RequestBody(ref = "PushEnvelope") ObjectNode body) {
        PushEnvelope envelope = PushEnvelope.of(body);
        return ingest.take(new Received(Door.PUBSUB, envelope.messageId(), envelope.subscription(), body));
    }
}
