package io.phaseledger.policy;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.Json;
import io.phaseledger.http.NameForm;
import io.phaseledger.http.Parameters;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Positions;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows and changes which reported names stand for which recorded ones. */
@Path("/v1/aliases/{kind}")
@Tag(name = "Policies and slates")
@Produces(MediaType.APPLICATION_JSON)
class AliasResource {

    private final Json json;
    private final Positions positions;
    private final Aliases aliases;

    AliasResource(Json json, Positions positions, Aliases aliases) {
        this.json = json;
        this.positions = positions;
        this.aliases = aliases;
    }

    @GET
    @Needs(Scope.READ)
    @Operation(operationId = "listAliases", summary = "List the aliases", description = "Those in force now.")
    @APIResponse(responseCode = "200", ref = "Aliases")
    @APIResponse(responseCode = "422", ref = "AliasKindUnknown")
    public AliasList list(@Parameter(ref = "kind") @PathParam("kind") String kind) {
        return new AliasList(aliases.at(positions.head()).all(checked(kind)).stream()
                .map(AliasView::of)
                .toList());
    }

    @GET
    @Needs(Scope.READ)
    @Path("/{name}")
    @Operation(
            operationId = "getAlias",
            summary = "Show what a name stands for",
            description = "A name that stands for itself is no alias.")
    @APIResponse(responseCode = "200", ref = "Alias")
    @APIResponse(responseCode = "404", ref = "UnknownAlias")
    @APIResponse(responseCode = "422", ref = "AliasKindUnknown")
    public AliasView get(
            @Parameter(ref = "kind") @PathParam("kind") String kind,
            @Parameter(description = "The name as it is sent.", example = "MLFeatureStoreProcessor") @PathParam("name")
                    String name) {
        return aliases.at(positions.head())
                .find(checked(kind), name)
                .map(AliasView::of)
                .orElseThrow(() -> unknown(name));
    }

    @PUT
    @Needs(Scope.OPERATE)
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putAlias",
            summary = "Make a name stand for another",
            description =
                    "In what is recorded from now on; rows keep the name as it was sent beside it. One step, no chains.")
    @APIResponse(responseCode = "201", ref = "AliasSet")
    @APIResponse(responseCode = "200", ref = "AliasUnchanged")
    @APIResponse(responseCode = "422", ref = "AliasRefused")
    public Response put(
            @Parameter(ref = "kind") @PathParam("kind") String kind,
            @Parameter(description = "The name as it is sent.", example = "MLFeatureStoreProcessor") @PathParam("name")
                    String name,
            @RequestBody(ref = "SetAlias") byte[] body) {
        NameForm.check("name", name);
        Aliases.Change change =
                aliases.set(checked(kind), name, json.read(body, SetAlias.class).target());
        AliasRow now = java.util.Objects.requireNonNull(change.now());
        boolean same = change.before().filter(before -> before == now).isPresent();
        return Response.status(same ? 200 : 201).entity(AliasView.of(now)).build();
    }

    @DELETE
    @Needs(Scope.OPERATE)
    @Path("/{name}")
    @Operation(
            operationId = "deleteAlias",
            summary = "Make a name stand for itself again",
            description = "In what is recorded from now on; what was recorded stays.")
    @APIResponse(responseCode = "204", ref = "AliasRemoved")
    @APIResponse(responseCode = "404", ref = "UnknownAlias")
    @APIResponse(responseCode = "422", ref = "AliasKindUnknown")
    public Response delete(
            @Parameter(ref = "kind") @PathParam("kind") String kind,
            @Parameter(description = "The name as it is sent.", example = "MLFeatureStoreProcessor") @PathParam("name")
                    String name) {
        if (aliases.set(checked(kind), name, null).before().isEmpty()) {
            throw unknown(name);
        }
        return Response.noContent().build();
    }

    private static String checked(String kind) {
        return Parameters.oneOf("kind", kind, Kind.class).name().toLowerCase(Locale.ROOT);
    }

    private static Problem unknown(String name) {
        return Problem.of(404, "unknown_alias", name + " stands for no other name");
    }

    /** Of what the names are. */
    private enum Kind {
        PROCESSORS,
        PHASES
    }

    /** What a name shall stand for. */
    @Schema(
            additionalProperties = Schema.False.class,
            description = "What a name shall stand for, in what is recorded from now on.")
    record SetAlias(
            @Schema(description = "The name to record.", examples = "ml_feature_store")
            @NotNull
            @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE)
            String target) {}

    /** An alias in force. */
    @Schema(description = "A reported name and the name that is recorded for it.")
    record AliasView(
            @Schema(
                    description = "Of what the names are.",
                    enumeration = {"processors", "phases"},
                    examples = "processors")
            String kind,

            @Schema(description = "The name as it is sent.", examples = "MLFeatureStoreProcessor")
            String name,

            @Schema(description = "The name that is recorded.", examples = "ml_feature_store")
            String target,

            @Schema(description = "From when it is in force.", examples = "2026-01-01T00:00:00Z")
            Instant insertedAt,

            @Schema(description = "The principal that put it.", examples = "anonymous")
            String recordedBy) {

        static AliasView of(AliasRow row) {
            return new AliasView(
                    row.kind, row.name, java.util.Objects.requireNonNull(row.target), row.insertedAt, row.recordedBy);
        }
    }

    /** Aliases. */
    @Schema(description = "The aliases in force, in the order of their names.")
    record AliasList(@Schema(description = "The aliases.") List<AliasView> items) {}
}
