package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.Identifier;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes the events that OpenLineage's HTTP transport sends. */
@Path("/")
@Tag(name = "Record")
@Produces(MediaType.APPLICATION_JSON)
class LineageResource {

    private final Ingest ingest;

    LineageResource(Ingest ingest) {
        this.ingest = ingest;
    }

    @POST
    @Path("v1/ingest/openlineage")
    @Needs(Scope.RECORD)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "ingestOpenLineage")
    public IngestView take(@RequestBody(ref = "LineageEvent") ObjectNode event) {
        if (!event.hasNonNull("run") && (event.has("job") || event.has("dataset"))) {
            return IngestView.IGNORED;
        }
        return ingest.take(new Received(Door.OPENLINEAGE, id(event), null, event));
    }

    /** Where its clients send by default. */
    @POST
    @Path("api/v1/lineage")
    @Needs(Scope.RECORD)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "ingestLineage")
    public IngestView takeByDefault(@RequestBody(ref = "LineageEvent") ObjectNode event) {
        return take(event);
    }

    /** One run sends many events, each of a type and a time. */
    private static String id(ObjectNode event) {
        String run = Identifier.required(event.at("/run/runId"), "/run/runId");
        String type = event.path("eventType").asText();
        String time = event.path("eventTime").asText();
        return Identifier.checked(run + " " + type + " " + time, "/run/runId");
    }
}
