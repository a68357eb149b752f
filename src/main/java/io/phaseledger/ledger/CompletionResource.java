package io.phaseledger.ledger;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.Ids;
import io.phaseledger.http.Problem;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Records a completion, retracts it, and shows it. */
@Path("/v1/completions")
@Tag(name = "Record")
@Produces(MediaType.APPLICATION_JSON)
class CompletionResource {

    private final Submissions submissions;
    private final Writer writer;
    private final CompletionTable table;

    CompletionResource(Submissions submissions, Writer writer, CompletionTable table) {
        this.submissions = submissions;
        this.writer = writer;
        this.table = table;
    }

    @POST
    @Needs(Scope.RECORD)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "recordCompletion")
    public CompletionStage<Response> record(
            @RequestBody(ref = "RecordCompletion") RecordCompletion report,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        Submission submission = submissions.report(report, key);
        return writer.submit(submission).thenApply(CompletionResource::response);
    }

    @GET
    @Needs(Scope.READ)
    @Path("/{id}")
    @Tag(name = "History")
    @Operation(operationId = "getCompletion")
    public CompletionView get(@PathParam("id") String id) {
        return CompletionView.of(existing(id), null);
    }

    @POST
    @Needs(Scope.RECORD)
    @Path("/{id}/retraction")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "retractCompletion")
    public Response retract(
            @PathParam("id") String id, @RequestBody(ref = "RetractCompletion") RetractCompletion asked) {
        CompletionRow row = existing(id);
        if (row.isRetraction()) {
            throw Problem.of(422, "retraction_of_retraction", id + " is a retraction, which cannot be retracted");
        }
        return response(Writer.await(writer.submit(submissions.retraction(row, asked.reason()))));
    }

    private static Response response(Receipt receipt) {
        if (receipt.problem() != null) {
            throw receipt.problem();
        }
        CompletionView view = receipt.completion();
        Response.ResponseBuilder response = Response.status(receipt.status())
                .header("Location", "/v1/completions/" + view.id())
                .header(LedgerPosition.HEADER, view.position())
                .entity(view);
        return (receipt.isNew() ? response : response.header("Idempotent-Replayed", "true")).build();
    }

    private CompletionRow existing(String id) {
        return Ids.parse(id)
                .flatMap(table::byId)
                .orElseThrow(() -> Problem.of(404, "unknown_completion", "there is no completion " + id));
    }

    /** Why a completion is taken back. */
    @Schema(additionalProperties = Schema.False.class)
    record RetractCompletion(
            @NotBlank @Size(max = RecordCompletion.MAX_ID) String reason) {}
}
