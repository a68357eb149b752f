package io.phaseledger.subscription;

import io.phaseledger.access.Caller;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.Json;
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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who is called when something is added to the ledger. */
@Path("/v1/subscriptions")
@Tag(name = "Subscriptions")
@Produces(MediaType.APPLICATION_JSON)
class SubscriptionResource {

    static final String ID = "The id of a subscription.";
    static final String EXAMPLE = "0198f1a0-5c3e-7a3b-9a63-0c4a4d1c2b11";

    private final Json json;
    private final Subscriptions subscriptions;
    private final Caller caller;

    SubscriptionResource(Json json, Subscriptions subscriptions, Caller caller) {
        this.json = json;
        this.subscriptions = subscriptions;
        this.caller = caller;
    }

    @POST
    @Needs(Scope.OPERATE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createSubscription", summary = "Be called when something happens", description = """
                    From now on, a URL is called or a topic published to for each event that is asked for: in order, at least once,
                    with a CloudEvent 1.0 in JSON. Calls are signed by the Standard Webhooks specification; the answer has the secret,
                    once. Its `id` is the same however often an event is told, and `previoussequence` is the `sequence` of the event
                    told before it, so that a receiver sees that it misses none; `ledgerhash` is the ledger's hash at `sequence`, as
                    GET /v1/ledger/head has it. Sent again, it makes another subscription.""")
    @APIResponse(responseCode = "201", ref = "SubscriptionMade")
    @APIResponse(responseCode = "422", ref = "SubscriptionRefused")
    public Response create(@RequestBody(ref = "CreateSubscription") byte[] body) {
        SubscriptionView made = subscriptions.create(json.read(body, SubscriptionDefinition.class), caller.principal());
        return Response.status(201)
                .header("Location", "/v1/subscriptions/" + made.id())
                .header("Cache-Control", "no-store")
                .entity(made)
                .build();
    }

    @GET
    @Needs(Scope.OPERATE)
    @Operation(
            operationId = "listSubscriptions",
            summary = "List the subscriptions",
            description = "All of them, newest first, with what they are owed.")
    @APIResponse(responseCode = "200", ref = "Subscriptions")
    public SubscriptionList list() {
        return new SubscriptionList(subscriptions.all());
    }

    @GET
    @Path("/{id}")
    @Needs(Scope.OPERATE)
    @Operation(
            operationId = "getSubscription",
            summary = "Show a subscription",
            description = "All of it but the secret, with what it is owed.")
    @APIResponse(responseCode = "200", ref = "Subscription")
    @APIResponse(responseCode = "404", ref = "UnknownSubscription")
    public SubscriptionView get(@Parameter(description = ID, example = EXAMPLE) @PathParam("id") String id) {
        return subscriptions.get(id);
    }

    @PATCH
    @Path("/{id}")
    @Needs(Scope.OPERATE)
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Operation(operationId = "changeSubscription", summary = "Change a subscription", description = """
                    What is given changes, what is left out stays, null takes away. A new secret signs at once, and the one before it
                    for a day more. Enabled again, it goes on with the call that was given up (`resume` is `from`), with the one after it
                    (`after`), or with what happens from now on (`now`); what it was owed meanwhile it is still owed.""")
    @APIResponse(responseCode = "200", ref = "Subscription")
    @APIResponse(responseCode = "404", ref = "UnknownSubscription")
    @APIResponse(responseCode = "422", ref = "SubscriptionRefused")
    public Response change(
            @Parameter(description = ID, example = EXAMPLE) @PathParam("id") String id,
            @RequestBody(ref = "ChangeSubscription") byte[] body) {
        return Response.ok(subscriptions.change(id, body))
                .header("Cache-Control", "no-store")
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Needs(Scope.OPERATE)
    @Operation(
            operationId = "deleteSubscription",
            summary = "Take a subscription away",
            description = "It is called no more; a call that is under way may still arrive.")
    @APIResponse(responseCode = "204", ref = "SubscriptionRemoved")
    @APIResponse(responseCode = "404", ref = "UnknownSubscription")
    public void delete(@Parameter(description = ID, example = EXAMPLE) @PathParam("id") String id) {
        subscriptions.delete(id);
    }

    /** Subscriptions, newest first. */
    @Schema(name = "SubscriptionList", description = "Subscriptions, newest first.")
    record SubscriptionList(
            @Schema(description = "All of them.") List<SubscriptionView> items) {}
}
