package io.phaseledger.ledger;

import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import jakarta.transaction.Transactional;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Records a completion, retracts it, and shows it. */
@Path("/v1/completions")
@Produces(MediaType.APPLICATION_JSON)
class CompletionResource {

    private final Json json;
    private final Submissions submissions;
    private final Writer writer;
    private final CompletionTable table;

    CompletionResource(Json json, Submissions submissions, Writer writer, CompletionTable table) {
        this.json = json;
        this.submissions = submissions;
        this.writer = writer;
        this.table = table;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> record(byte[] body, @HeaderParam("Idempotency-Key") @Nullable String key) {
        Submission submission = submissions.report(json.tree(body), key);
        return writer.submit(Unit.of(submission)).thenApply(receipts -> response(receipts.get(0)));
    }

    @GET
    @Path("/{id}")
    @Transactional
    public CompletionView get(@PathParam("id") String id) {
        CompletionRow row = existing(id);
        return CompletionView.of(row, retractedBy(row), null);
    }

    @POST
    @Path("/{id}/retraction")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response retract(@PathParam("id") String id, byte[] body) {
        String reason = json.read(body, RetractCompletion.class).reason();
        CompletionRow row = existing(id);
        if (row.isRetraction()) {
            throw Problem.of(422, "retraction_of_retraction", id + " is a retraction, which cannot be retracted");
        }
        List<Receipt> receipts = writer.receipts(Unit.of(submissions.retraction(row, reason)));
        return response(receipts.get(0));
    }

    private static Response response(Receipt receipt) {
        CompletionView view = receipt.view();
        Response.ResponseBuilder response = Response.status(receipt.status())
                .header("Location", "/v1/completions/" + view.id())
                .header(LedgerPosition.HEADER, view.position())
                .entity(view);
        return (receipt.status() == 200 ? response.header("Idempotent-Replayed", "true") : response).build();
    }

    private CompletionRow existing(String id) {
        return parsed(id)
                .flatMap(table::byId)
                .orElseThrow(() -> Problem.of(404, "unknown_completion", "there is no completion " + id));
    }

    private static Optional<UUID> parsed(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private @Nullable UUID retractedBy(CompletionRow row) {
        return table.retractionOf(row.id).map(retraction -> retraction.id).orElse(null);
    }

    /** Why a completion is taken back. */
    @Schema(description = "Why a completion is taken back.")
    record RetractCompletion(
            @Schema(description = "One sentence for people.", examples = "loaded from yesterday's file")
            @NotBlank
            @Size(max = RecordCompletion.MAX_ID)
            String reason) {}
}
