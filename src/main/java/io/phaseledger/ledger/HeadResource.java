package io.phaseledger.ledger;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells where the ledger ends. */
@Path("/v1/ledger/head")
@Tag(name = "History")
@Produces(MediaType.APPLICATION_JSON)
class HeadResource {

    private final Positions positions;

    HeadResource(Positions positions) {
        this.positions = positions;
    }

    @GET
    @Needs(Scope.READ)
    @Operation(operationId = "getLedgerHead")
    public Response get() {
        HeadView head = positions.headView();
        return Response.ok(head).header(LedgerPosition.HEADER, head.position()).build();
    }
}
