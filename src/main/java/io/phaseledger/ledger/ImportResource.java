package io.phaseledger.ledger;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.ImportView;
import io.phaseledger.http.UnboundedBody;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes history: what was recorded elsewhere, with when it was known there. */
@Path("/v1/completions/import")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Record")
class ImportResource {

    private final ImportCompletions completions;

    ImportResource(ImportCompletions completions) {
        this.completions = completions;
    }

    @POST
    @Needs(Scope.OPERATE)
    @UnboundedBody
    @Consumes({
        BatchResource.NDJSON,
        BatchResource.JSONL,
        MediaType.APPLICATION_JSON,
        MediaType.TEXT_PLAIN,
        MediaType.APPLICATION_OCTET_STREAM
    })
    @Operation(
            operationId = "importCompletions",
            summary = "Import history",
            description =
                    "Takes a body of any length, a row a line, and commits every 10,000 rows. A row has the fields"
                            + " of a POST and `inserted_at`, when it was known, which needs `completed_at`; or it is as BigQuery exports it, with numbers and"
                            + " booleans as strings, metadata as a string, and timestamps such as `2026-02-03 07:00:00 UTC`"
                            + " (with a space and no zone they are UTC, as BigQuery's are); or it is a log line, of which what"
                            + " follows `PHASE_LEDGER_UNSENT` counts. A body that begins with `[` is read as one JSON array,"
                            + " unless a log line begins so.\n\n"
                            + "The identity of a row with `inserted_at` is all of it, so history keeps its duplicates and a"
                            + " second run adds nothing. A row without it is what the same POST would be. A row that is not"
                            + " taken does not touch the others; of a body that breaks off, what was committed stays.")
    @APIResponse(responseCode = "200", ref = "CompletionsImported")
    public ImportView importAll(@RequestBody(ref = "ImportCompletions") InputStream body) {
        return completions.from(body);
    }
}
