package io.phaseledger.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Parameters;
import io.phaseledger.http.Problem;
import io.phaseledger.http.RequestTarget;
import io.phaseledger.imports.JsonLines;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Records many completions that are sent in one request. */
@Path("/v1/completions/batch")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Record")
class BatchResource {

    static final String NDJSON = "application/x-ndjson";
    static final String JSONL = "application/jsonl";
    private final Json json;
    private final Submissions submissions;
    private final Writer writer;
    private final LedgerConfig config;
    private final RequestTarget target;

    BatchResource(Json json, Submissions submissions, Writer writer, LedgerConfig config, RequestTarget target) {
        this.json = json;
        this.submissions = submissions;
        this.writer = writer;
        this.config = config;
        this.target = target;
    }

    @POST
    @Needs(Scope.RECORD)
    @Consumes({MediaType.APPLICATION_JSON, NDJSON, JSONL})
    @Operation(operationId = "recordBatch")
    public Response record(
            @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @QueryParam("atomic")
                    @Nullable
                    String atomic,
            @RequestBody(ref = "RecordBatch") byte[] body,
            @Context HttpHeaders headers) {
        boolean all = atomic != null && Parameters.bool("atomic", atomic);
        Batch batch = isArray(headers.getMediaType()) ? ofArray(body) : ofLines(body);
        return all ? all(batch) : each(batch);
    }

    private static boolean isArray(@Nullable MediaType type) {
        return type == null || type.isCompatible(MediaType.APPLICATION_JSON_TYPE);
    }

    private Batch ofArray(byte[] body) {
        JsonNode array = json.tree(body);
        if (!array.isArray()) {
            throw Problem.malformed(FieldError.at("", "wrong_type", "must be an array of completions"));
        }
        Batch batch = new Batch(submissions);
        array.forEach(row -> batch.add(() -> row));
        return batch;
    }

    private Batch ofLines(byte[] body) {
        Batch batch = new Batch(submissions);
        JsonLines lines = JsonLines.ofLines(json, new ByteArrayInputStream(body), config.lineLimit());
        for (JsonLines.Line line = lines.next(); line != null; line = lines.next()) {
            batch.add(line::tree);
        }
        return batch;
    }

    private Response each(Batch batch) {
        return results(207, batch, writer.receipts(new Unit(batch.submissions(), false)));
    }

    private Response all(Batch batch) {
        batch.requireAllGood();
        List<Receipt> receipts = writer.receipts(new Unit(batch.submissions(), true));
        Batch.requireAllInLedger(receipts);
        return results(201, batch, receipts);
    }

    private Response results(int status, Batch batch, List<Receipt> receipts) {
        List<BatchResult> results = batch.results(receipts, target.path());
        return Response.status(status).entity(new BatchResult.All(results)).build();
    }
}
