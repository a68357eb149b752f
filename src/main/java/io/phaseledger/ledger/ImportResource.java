package io.phaseledger.ledger;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.imports.ImportView;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
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
    @Consumes({BatchResource.NDJSON, BatchResource.JSONL, MediaType.APPLICATION_JSON})
    @Operation(operationId = "importCompletions")
    public ImportView importAll(@RequestBody(ref = "ImportCompletions") InputStream body) {
        return completions.from(body);
    }
}
