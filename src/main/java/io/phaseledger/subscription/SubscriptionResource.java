package io.phaseledger.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.access.Caller;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who is called when something is added to the ledger. */
@Path("/v1/subscriptions")
@Tag(name = "Subscriptions")
@Produces(MediaType.APPLICATION_JSON)
class SubscriptionResource {

    private final Subscriptions subscriptions;
    private final Caller caller;

    SubscriptionResource(Subscriptions subscriptions, Caller caller) {
        this.subscriptions = subscriptions;
        this.caller = caller;
    }

    @POST
    @Needs(Scope.OPERATE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createSubscription")
    public Response create(@RequestBody(ref = "CreateSubscription") SubscriptionDefinition asked) {
        SubscriptionView made = subscriptions.create(asked, caller.principal());
        return Response.status(201)
                .header("Location", "/v1/subscriptions/" + made.id())
                .header("Cache-Control", "no-store")
                .entity(made)
                .build();
    }

    @GET
    @Needs(Scope.OPERATE)
    @Operation(operationId = "listSubscriptions")
    public SubscriptionList list() {
        return new SubscriptionList(subscriptions.all());
    }

    @GET
    @Path("/{id}")
    @Needs(Scope.OPERATE)
    @Operation(operationId = "getSubscription")
    public SubscriptionView get(@PathParam("id") String id) {
        return subscriptions.get(id);
    }

    @PATCH
    @Path("/{id}")
    @Needs(Scope.OPERATE)
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Operation(operationId = "changeSubscription")
    public Response change(@PathParam("id") String id, @RequestBody(ref = "ChangeSubscription") ObjectNode patch) {
        return Response.ok(subscriptions.change(id, patch))
                .header("Cache-Control", "no-store")
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Needs(Scope.OPERATE)
    @Operation(operationId = "deleteSubscription")
    public void delete(@PathParam("id") String id) {
        subscriptions.delete(id);
    }

    /** Subscriptions, newest first. */
    @Schema(name = "SubscriptionList")
    record SubscriptionList(List<SubscriptionView> items) {}
}
