package io.phaseledger.policy;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.NameForm;
import io.phaseledger.http.Parameters;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Positions;
import jakarta.ws.rs.Consumes;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shows policies and adds versions of them. */
@Path("/v1/policies")
@Tag(name = "Policies and slates")
@Produces(MediaType.APPLICATION_JSON)
class PolicyResource {

    /** Under this name a policy could be put and never asked. */
    private static final String TAKEN = "evaluate";

    private final Json json;
    private final Positions positions;
    private final Policies policies;
    private final PolicyRegister register;

    PolicyResource(Json json, Positions positions, Policies policies, PolicyRegister register) {
        this.json = json;
        this.positions = positions;
        this.policies = policies;
        this.register = register;
    }

    @GET
    @Needs(Scope.READ)
    @Operation(operationId = "listPolicies", summary = "List the policies", description = "The latest version of each.")
    @APIResponse(responseCode = "200", ref = "Policies")
    public PolicyList list() {
        return new PolicyList(book().latest().stream().map(PolicyView::of).toList());
    }

    @GET
    @Needs(Scope.READ)
    @Path("/{name}")
    @Operation(
            operationId = "getPolicy",
            summary = "Show a policy",
            description = "Its latest version, which may be in force only later. What is shown can be changed and"
                    + " put, without its effective_from.")
    @APIResponse(responseCode = "200", ref = "Policy")
    @APIResponse(responseCode = "404", ref = "UnknownPolicy")
    public Response get(
            @Parameter(description = "The name of the policy.", example = "phase4") @PathParam("name") String name) {
        PolicyBook book = book();
        PolicyVersion latest = book.latest(name).orElseThrow(() -> book.unknown(name));
        return Response.ok(PolicyView.of(latest))
                .tag(Integer.toString(latest.version()))
                .build();
    }

    @GET
    @Needs(Scope.READ)
    @Path("/{name}/versions")
    @Operation(
            operationId = "listPolicyVersions",
            summary = "List the versions of a policy",
            description = "Each answered from its effective_from on, until a later one took over.")
    @APIResponse(responseCode = "200", ref = "PolicyVersions")
    @APIResponse(responseCode = "404", ref = "UnknownPolicy")
    public PolicyList versions(
            @Parameter(description = "The name of the policy.", example = "phase4") @PathParam("name") String name) {
        PolicyBook book = book();
        List<PolicyVersion> versions = book.versions(name);
        if (versions.isEmpty()) {
            throw book.unknown(name);
        }
        return new PolicyList(versions.stream().map(PolicyView::of).toList());
    }

    @PUT
    @Needs(Scope.OPERATE)
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putPolicy",
            summary = "Add a version of a policy",
            description = "A version never changes. Putting what the latest one says adds nothing.")
    @APIResponse(responseCode = "201", ref = "PolicyAdded")
    @APIResponse(responseCode = "200", ref = "PolicyUnchanged")
    @APIResponse(responseCode = "412", ref = "PolicyVersionMismatch")
    @APIResponse(responseCode = "422", ref = "PolicyRefused")
    public Response put(
            @Parameter(description = "The name of the policy.", example = "phase4") @PathParam("name") String name,
            @Parameter(
                            description = "With true, say what would be added, and add nothing.",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"),
                            example = "true")
                    @QueryParam("validate_only")
                    @Nullable
                    String validateOnly,
            @Parameter(
                            description =
                                    "The ETag of the version that was seen, or * for any; 412 if another is the latest.",
                            example = "\"3\"")
                    @HeaderParam("If-Match")
                    @Nullable
                    String ifMatch,
            @Parameter(description = "With *, only a policy that there is none of is added; else 412.", example = "*")
                    @HeaderParam("If-None-Match")
                    @Nullable
                    String ifNoneMatch,
            @RequestBody(ref = "PutPolicy") byte[] body) {
        NameForm.check("name", name);
        if (name.equals(TAKEN)) {
            throw Problem.refused(FieldError.parameter(
                    "name", "invalid_name", "is the name of an operation: POST /v1/readiness/" + TAKEN));
        }
        boolean store = validateOnly == null || !Parameters.bool("validate_only", validateOnly);
        PolicyPut put = PolicyPut.read(name, body, json);
        ExpectedVersion expected = ExpectedVersion.parse(ifMatch, ifNoneMatch);
        PolicyRegister.Outcome outcome = store ? register.put(put, expected) : register.validate(put, expected);
        return Response.status(store && outcome.isNew() ? 201 : 200)
                .header("Location", "/v1/policies/" + name)
                .tag(Integer.toString(outcome.version().version()))
                .entity(PolicyView.of(outcome.version(), outcome.warnings()))
                .build();
    }

    private PolicyBook book() {
        return policies.at(positions.head());
    }

    /** Policies, or versions of one. */
    @Schema(description = "Policies in the order of their names, or the versions of one, the first one first.")
    record PolicyList(
            @Schema(description = "The policies or versions.")
            List<PolicyView> items) {}
}
