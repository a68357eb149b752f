package io.phaseledger.policy;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.NameForm;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Positions;
import jakarta.ws.rs.Consumes;
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

/** Shows policies and adds versions of them. */
@Path("/v1/policies")
@Tag(name = "Policies and slates")
@Produces(MediaType.APPLICATION_JSON)
class PolicyResource {

    /** Under this name a policy could be put and never asked. */
    private static final String TAKEN = "evaluate";

    private final Positions positions;
    private final Policies policies;
    private final PolicyRegister register;
    private final ConsumerCoverage coverage;

    PolicyResource(Positions positions, Policies policies, PolicyRegister register, ConsumerCoverage coverage) {
        this.coverage = coverage;
        this.positions = positions;
        this.policies = policies;
        this.register = register;
    }

    @GET
    @Needs(Scope.READ)
    @Operation(operationId = "listPolicies")
    public PolicyList list() {
        return new PolicyList(book().latest().stream().map(PolicyView::of).toList());
    }

    @GET
    @Needs(Scope.READ)
    @Path("/{name}")
    @Operation(operationId = "getPolicy")
    public Response get(@PathParam("name") String name) {
        Head head = positions.head();
        PolicyBook book = policies.at(head);
        PolicyVersion latest = book.latest(name).orElseThrow(() -> book.unknown(name));
        PolicyView view = latest.definition().consumers().isEmpty()
                ? PolicyView.of(latest)
                : PolicyView.of(latest, coverage.of(name, head));
        return Response.ok(view).tag(Integer.toString(latest.version())).build();
    }

    @GET
    @Needs(Scope.READ)
    @Path("/{name}/versions")
    @Operation(operationId = "listPolicyVersions")
    public PolicyList versions(@PathParam("name") String name) {
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
    @Operation(operationId = "putPolicy")
    public Response put(
            @PathParam("name") String name,
            @QueryParam("validate_only") @DefaultValue("false") boolean validateOnly,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @RequestBody(ref = "PutPolicy") PolicyDefinition body) {
        NameForm.check("name", name);
        if (name.equals(TAKEN)) {
            throw Problem.refused(FieldError.parameter(
                    "name", "invalid_name", "is the name of an operation: POST /v1/readiness/" + TAKEN));
        }
        PolicyPut put = PolicyPut.of(name, body);
        ExpectedVersion expected = ExpectedVersion.parse(ifMatch, ifNoneMatch);
        PolicyRegister.Outcome outcome = validateOnly ? register.validate(put, expected) : register.put(put, expected);
        return Response.status(!validateOnly && outcome.isNew() ? 201 : 200)
                .header("Location", "/v1/policies/" + name)
                .tag(Integer.toString(outcome.version().version()))
                .entity(PolicyView.of(outcome.version(), outcome.warnings()))
                .build();
    }

    private PolicyBook book() {
        return policies.at(positions.head());
    }

    /** Policies, or versions of one. */
    @Schema
    record PolicyList(List<PolicyView> items) {}
}
