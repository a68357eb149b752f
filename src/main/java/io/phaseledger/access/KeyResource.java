package io.phaseledger.access;

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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Makes, shows and revokes keys. */
@Path("/v1/keys")
@Tag(name = "Keys")
@Produces(MediaType.APPLICATION_JSON)
class KeyResource {

    private final Keys keys;
    private final KeyTable table;
    private final Caller caller;

    KeyResource(Keys keys, KeyTable table, Caller caller) {
        this.keys = keys;
        this.table = table;
        this.caller = caller;
    }

    @POST
    @Needs(Scope.OPERATE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createKey")
    public Response create(@RequestBody(ref = "CreateKey") CreateKey asked) {
        KeyView key = keys.create(asked, caller.principal());
        return Response.status(201)
                .header("Location", "/v1/keys/" + key.id())
                .header("Cache-Control", "no-store")
                .entity(key)
                .build();
    }

    @GET
    @Needs(Scope.OPERATE)
    @Operation(operationId = "listKeys")
    public KeyList list() {
        return new KeyList(table.newest().stream().map(KeyView::of).toList());
    }

    @GET
    @Path("/{id}")
    @Needs(Scope.OPERATE)
    @Operation(operationId = "getKey")
    public KeyView get(@PathParam("id") String id) {
        return keys.get(id);
    }

    @DELETE
    @Path("/{id}")
    @Needs(Scope.OPERATE)
    @Operation(operationId = "revokeKey")
    public KeyView revoke(@PathParam("id") String id) {
        return keys.revoke(id, caller.principal());
    }

    /** Keys, newest first. */
    @Schema(name = "KeyList")
    record KeyList(List<KeyView> items) {}
}
