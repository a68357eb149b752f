package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a push subscription of Pub/Sub is pointed at. */
@Path(PubSubResource.PATH)
@Tag(name = "Record")
@Produces(MediaType.APPLICATION_JSON)
class PubSubResource {

    static final String PATH = "/v1/ingest/pubsub";

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
    public IngestView push(@RequestBody(ref = "PushEnvelope") byte[] body, @Context HttpHeaders headers) {
        ObjectNode unwrapped = UnwrappedPush.envelope(headers, body);
        JsonNode tree = unwrapped == null ? json.tree(body) : unwrapped;
        PushEnvelope envelope = PushEnvelope.of(tree);
        return ingest.take(new Received(Door.PUBSUB, envelope.messageId(), envelope.subscription(), (ObjectNode) tree));
    }
}
