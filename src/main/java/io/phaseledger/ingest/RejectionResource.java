package io.phaseledger.ingest;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.Ids;
import io.phaseledger.http.RequestTarget;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows what was not recorded, and has it tried again. */
@Path("/v1/ingest/rejected")
@Tag(name = "Record")
@Produces(MediaType.APPLICATION_JSON)
class RejectionResource {

    private final RejectionTable table;
    private final Ingest ingest;
    private final RequestTarget target;

    RejectionResource(RejectionTable table, Ingest ingest, RequestTarget target) {
        this.table = table;
        this.ingest = ingest;
        this.target = target;
    }

    @GET
    @Needs(Scope.READ)
    @Operation(operationId = "listRejected")
    public Response list(@BeanParam RejectionSelection selection) {
        RejectionTable.Found found = table.page(
                selection.before(), selection.sources(), selection.outcomes(), selection.resolved(), selection.limit());
        List<RejectionView> items = found.rows();
        if (found.isLast()) {
            return Response.ok(new RejectionView.Page(items, null)).build();
        }
        String next = selection.cursorAfter(items.get(items.size() - 1).id());
        return Response.ok(new RejectionView.Page(items, next))
                .header("Link", target.linkToNext(next))
                .build();
    }

    @POST
    @Needs(Scope.OPERATE)
    @Path("/{id}/retry")
    @Operation(operationId = "retryRejected")
    public RejectionView retry(@PathParam("id") String id) {
        return ingest.retry(Ids.parse(id).orElseThrow(() -> Ingest.unknown(id)));
    }

    @POST
    @Needs(Scope.OPERATE)
    @Path("/{id}/dismiss")
    @Operation(operationId = "dismissRejected")
    public RejectionView dismiss(@PathParam("id") String id) {
        return ingest.dismiss(Ids.parse(id).orElseThrow(() -> Ingest.unknown(id)));
    }
}
