package io.phaseledger.source;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.NameForm;
import io.phaseledger.ledger.Versions;
import io.phaseledger.policy.ExpectedVersion;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shows sources and adds versions of them. */
@Path("/v1/sources")
@Tag(name = "Sources")
@Produces(MediaType.APPLICATION_JSON)
class SourceResource {

    private final Sources sources;
    private final Event<SourceChange> changes;

    SourceResource(Sources sources, Event<SourceChange> changes) {
        this.sources = sources;
        this.changes = changes;
    }

    @GET
    @Needs(Scope.READ)
    @Operation(operationId = "listSources")
    public SourceList list() {
        return SourceList.of(sources.inForce());
    }

    @GET
    @Needs(Scope.READ)
    @Path("/{name}")
    @Operation(operationId = "getSource")
    public Response get(@PathParam("name") String name) {
        Versions<SourceVersion> all = sources.versions();
        SourceVersion latest = all.newest(name).orElseThrow(() -> Sources.unknown(name, all));
        return tagged(200, latest).build();
    }

    @GET
    @Needs(Scope.READ)
    @Path("/{name}/versions")
    @Operation(operationId = "listSourceVersions")
    public SourceList versions(@PathParam("name") String name) {
        Versions<SourceVersion> all = sources.versions();
        if (all.of(name).isEmpty()) {
            throw Sources.unknown(name, all);
        }
        return SourceList.of(all.of(name));
    }

    @PUT
    @Needs(Scope.OPERATE)
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putSource")
    public Response put(
            @PathParam("name") String name,
            @QueryParam("restate") @DefaultValue("false") boolean restate,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @RequestBody(ref = "PutSource") SourceDefinition body) {
        NameForm.check("name", name);
        Sources.Outcome outcome = sources.put(name, body, ExpectedVersion.parse(ifMatch, ifNoneMatch));
        if (outcome.isNew() || restate) {
            changes.fire(new SourceChange(name, restate));
        }
        return tagged(outcome.isNew() ? 201 : 200, outcome.version())
                .header("Location", "/v1/sources/" + name)
                .build();
    }

    @DELETE
    @Needs(Scope.OPERATE)
    @Path("/{name}")
    @Operation(operationId = "deleteSource")
    public Response delete(@PathParam("name") String name, @HeaderParam("If-Match") @Nullable String ifMatch) {
        sources.remove(name, ExpectedVersion.parse(ifMatch, null));
        changes.fire(new SourceChange(name, false));
        return Response.noContent().build();
    }

    private static Response.ResponseBuilder tagged(int status, SourceVersion version) {
        return Response.status(status).tag(Integer.toString(version.version())).entity(SourceView.of(version));
    }

    /** Sources, or versions of one. */
    @Schema
    record SourceList(List<SourceView> items) {

        static SourceList of(List<SourceVersion> versions) {
            return new SourceList(versions.stream().map(SourceView::of).toList());
        }
    }
}
