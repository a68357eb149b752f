package io.phaseledger.access;

import io.phaseledger.http.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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

/** Makes, shows and revokes keys. */
@Path("/v1/keys")
@Tag(name = "Keys")
@Produces(MediaType.APPLICATION_JSON)
class KeyResource {

    private static final String ID = "The part of the key between plk_ and the second underscore.";
    private static final String EXAMPLE = "k3mmvbd2ytq7";

    private final Json json;
    private final Keys keys;
    private final KeyTable table;
    private final Caller caller;

    KeyResource(Json json, Keys keys, KeyTable table, Caller caller) {
        this.json = json;
        this.keys = keys;
        this.table = table;
        this.caller = caller;
    }

    @POST
    @Needs(Scope.OPERATE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createKey",
            summary = "Make a key",
            description = "The answer has the key itself, once: only its hash is kept. Sent again, it makes another.")
    @APIResponse(responseCode = "201", ref = "KeyMade")
    @APIResponse(responseCode = "422", ref = "KeyRefused")
    public Response create(@RequestBody(ref = "CreateKey") byte[] body) {
        KeyView key = keys.create(json.read(body, CreateKey.class), caller.principal());
        return Response.status(201)
                .header("Location", "/v1/keys/" + key.id())
                .header("Cache-Control", "no-store")
                .entity(key)
                .build();
    }

    @GET
    @Needs(Scope.OPERATE)
    @Operation(
            operationId = "listKeys",
            summary = "List the keys",
            description = "The newest thousand, revoked and expired ones too, newest first.")
    @APIResponse(responseCode = "200", ref = "Keys")
    public KeyList list() {
        return new KeyList(table.newest().stream().map(KeyView::of).toList());
    }

    @GET
    @Path("/{id}")
    @Needs(Scope.OPERATE)
    @Operation(operationId = "getKey", summary = "Show a key", description = "All of it but the secret.")
    @APIResponse(responseCode = "200", ref = "Key")
    @APIResponse(responseCode = "404", ref = "UnknownKey")
    public KeyView get(@Parameter(description = ID, example = EXAMPLE) @PathParam("id") String id) {
        return keys.get(id);
    }

    @DELETE
    @Path("/{id}")
    @Needs(Scope.OPERATE)
    @Operation(
            operationId = "revokeKey",
            summary = "Revoke a key",
            description = "It is worth nothing from now on; to other instances, a few seconds later"
                    + " (phase-ledger.auth.key-cache). Revoked again, it stays as it is.")
    @APIResponse(responseCode = "200", ref = "Key")
    @APIResponse(responseCode = "404", ref = "UnknownKey")
    public KeyView revoke(@Parameter(description = ID, example = EXAMPLE) @PathParam("id") String id) {
        return keys.revoke(id, caller.principal());
    }

    /** Keys, newest first. */
    @Schema(name = "KeyList", description = "Keys, newest first.")
    record KeyList(
            @Schema(description = "At most a thousand.") List<KeyView> items) {}
}
