package io.phaseledger.policy;

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

/** Takes a whole schedule of slates. */
@Path("/v1/slates/import")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Policies and slates")
class SlateImportResource {

    private static final String NDJSON = "application/x-ndjson";
    private final ImportSlates slates;

    SlateImportResource(ImportSlates slates) {
        this.slates = slates;
    }

    @POST
    @Needs(Scope.OPERATE)
    @Consumes({NDJSON, "application/jsonl", MediaType.APPLICATION_JSON})
    @Operation(operationId = "importSlates")
    public ImportView importAll(@RequestBody(ref = "ImportSlates") InputStream body) {
        return slates.from(body);
    }
}
