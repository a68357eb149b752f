package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes CloudEvents, one or many, in each mode that HTTP has for them. */
@Path(CloudEventResource.PATH)
@Tag(name = "Record")
@Produces(MediaType.APPLICATION_JSON)
class CloudEventResource {

    static final String PATH = "/v1/ingest/cloudevents";
    static final String ONE = "application/cloudevents+json";
    static final String MANY = "application/cloudevents-batch+json";

    /** Events that one request may bring; each is a commit of its own. */
    private static final int MAX_EVENTS = 1_000;

    private final Json json;
    private final Ingest ingest;

    CloudEventResource(Json json, Ingest ingest) {
        this.json = json;
        this.ingest = ingest;
    }

    @POST
    @Needs(Scope.RECORD)
    @Consumes({ONE, MANY, MediaType.APPLICATION_JSON})
    @Operation(operationId = "ingestCloudEvents")
    public Outcomes take(@RequestBody(ref = "CloudEvents") byte[] body, @Context HttpHeaders headers) {
        List<EventDocument> events = new ArrayList<>();
        if (isBatch(headers)) {
            addAll(json.tree(body), events);
        } else {
            JsonNode document = BinaryEvent.is(headers) ? BinaryEvent.document(json, headers, body) : json.tree(body);
            events.add(EventDocument.of(document));
        }
        return new Outcomes(events.stream().map(this::take).toList());
    }

    private static boolean isBatch(HttpHeaders headers) {
        MediaType type = headers.getMediaType();
        return type != null && type.isCompatible(MediaType.valueOf(MANY));
    }

    private void addAll(JsonNode batch, List<EventDocument> events) {
        if (!batch.isArray()) {
            throw Problem.malformed(FieldError.at("", "wrong_type", "must be an array of CloudEvents"));
        }
        if (batch.size() > MAX_EVENTS) {
            throw Problem.of(422, "too_many_events", "A batch may have " + MAX_EVENTS + " events; send several.");
        }
        for (int i = 0; i < batch.size(); i++) {
            try {
                events.add(EventDocument.of(batch.get(i)));
            } catch (Problem e) {
                throw e.under("/" + i);
            }
        }
    }

    private IngestView take(EventDocument event) {
        return ingest.take(new Received(Door.CLOUDEVENTS, event.id(), null, event.tree()));
    }

    /** What became of each event. */
    @Schema(name = "IngestOutcomes")
    record Outcomes(List<IngestView> results) {}
}
