package io.phaseledger.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import io.phaseledger.http.ProblemView;
import io.phaseledger.http.RequestTarget;
import io.phaseledger.imports.JsonLines;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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

    /** How many errors the refusal of a batch lists, of which all or none was meant. */
    static final int MAX_ERRORS = 1_000;

    private static final String CONFLICT =
            "the same identity was used for other facts, in the ledger or in a row before";

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
            @QueryParam("atomic") @DefaultValue("false") boolean atomic,
            @RequestBody(ref = "RecordBatch") byte[] body,
            @Context HttpHeaders headers) {
        Batch batch = isArray(headers.getMediaType()) ? ofArray(body) : ofLines(body);
        return atomic ? all(batch) : each(batch);
    }

    private static boolean isArray(@Nullable MediaType type) {
        return type == null || type.isCompatible(MediaType.APPLICATION_JSON_TYPE);
    }

    private Batch ofArray(byte[] body) {
        JsonNode array = json.tree(body);
        if (!array.isArray()) {
            throw Problem.malformed(FieldError.at("", "wrong_type", "must be an array of completions"));
        }
        Batch batch = new Batch();
        array.forEach(row -> add(() -> row, batch));
        return batch;
    }

    private Batch ofLines(byte[] body) {
        Batch batch = new Batch();
        JsonLines lines = JsonLines.ofLines(json, new ByteArrayInputStream(body), config.lineLimit());
        for (JsonLines.Line line = lines.next(); line != null; line = lines.next()) {
            add(line::tree, batch);
        }
        return batch;
    }

    private void add(Supplier<JsonNode> row, Batch batch) {
        if (batch.size() == Writer.MAX_SUBMISSIONS) {
            String detail = "A batch may have " + Writer.MAX_SUBMISSIONS + " rows; send several, or import them.";
            throw Problem.of(422, "too_many_rows", detail);
        }
        batch.add(() -> submissions.report(row.get(), null));
    }

    private Response each(Batch batch) {
        return results(207, batch.all(writer.receipts(batch.submissions(), false)));
    }

    private Response all(Batch batch) {
        refuse(batch.faults());
        List<Receipt> receipts = writer.receipts(batch.submissions(), true);
        Map<Integer, Problem> faults = new TreeMap<>();
        for (int row = 0; row < receipts.size(); row++) {
            if (receipts.get(row).problem() != null) {
                faults.put(row, receipts.get(row).problem());
            }
        }
        refuse(faults);
        return results(201, receipts);
    }

    /** 422 with the errors of all rows, if there are any. */
    private static void refuse(Map<Integer, Problem> faults) {
        List<FieldError> errors = faults.entrySet().stream()
                .flatMap(fault -> errors("/" + fault.getKey(), fault.getValue()))
                .limit(MAX_ERRORS)
                .toList();
        if (!errors.isEmpty()) {
            throw Problem.refused(errors);
        }
    }

    /** The row that one conflicts with may be of the same batch, and then it was not recorded either. */
    private static Stream<FieldError> errors(String row, Problem problem) {
        if (!problem.errors().isEmpty()) {
            return problem.under(row).errors().stream();
        }
        String detail = problem.code().equals("conflict") ? CONFLICT : problem.detail();
        return Stream.of(FieldError.at(row, problem.code(), detail));
    }

    private Response results(int status, List<Receipt> receipts) {
        List<BatchResult> results = IntStream.range(0, receipts.size())
                .mapToObj(row -> result(row, receipts.get(row)))
                .toList();
        return Response.status(status).entity(new BatchResults(results)).build();
    }

    private BatchResult result(int row, Receipt receipt) {
        return receipt.problem() == null
                ? new BatchResult(receipt.status(), receipt.completion(), null)
                : new BatchResult(
                        receipt.status(),
                        null,
                        receipt.problem().under("/" + row).view(target.path()));
    }

    /** What became of one row. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema
    record BatchResult(
            @Schema(required = true) int status,

            @Nullable CompletionView completion,
            @Nullable ProblemView problem) {}

    /** What became of all rows. */
    @Schema
    record BatchResults(List<BatchResult> results) {}
}
