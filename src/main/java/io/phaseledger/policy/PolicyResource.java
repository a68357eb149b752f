package io.phaseledger.policy;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Nearest;
import io.phaseledger.http.Parameters;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Positions;
import io.phaseledger.ledger.RecordCompletion;
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
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Shows policies and adds versions of them. */
@Path("/v1/policies")
@Produces(MediaType.APPLICATION_JSON)
class PolicyResource {

    private static final int SUGGESTIONS = 5;

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
    public PolicyList list() {
        return new PolicyList(book().latest().stream().map(PolicyView::of).toList());
    }

    @GET
    @Path("/{name}")
    public Response get(@PathParam("name") String name) {
        PolicyBook book = book();
        PolicyVersion latest = book.latest(name).orElseThrow(() -> unknown(name, book));
        return Response.ok(PolicyView.of(latest))
                .tag(Integer.toString(latest.version()))
                .build();
    }

    @GET
    @Path("/{name}/versions")
    public PolicyList versions(@PathParam("name") String name) {
        PolicyBook book = book();
        List<PolicyVersion> versions = book.versions(name);
        if (versions.isEmpty()) {
            throw unknown(name, book);
        }
        return new PolicyList(versions.stream().map(PolicyView::of).toList());
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(
            @PathParam("name") String name,
            @QueryParam("validate_only") @Nullable String validateOnly,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            byte[] body) {
        if (!name.matches(RecordCompletion.NAME)) {
            throw Problem.refused(FieldError.parameter(
                    "name", "invalid_name", RecordCompletion.NAME_MESSAGE.split(": ", 2)[1]));
        }
        boolean store = validateOnly == null || !Parameters.bool("validate_only", validateOnly);
        PolicyPut put = PolicyPut.read(name, body, json);
        ExpectedVersion expected = ExpectedVersion.parse(ifMatch);
        PolicyRegister.Outcome outcome = store ? register.put(put, expected) : register.validate(put, expected);
        return Response.status(store && outcome.isNew() ? 201 : 200)
                .location(URI.create("/v1/policies/" + name))
                .tag(Integer.toString(outcome.version().version()))
                .entity(PolicyView.of(outcome.version(), outcome.warnings()))
                .build();
    }

    private PolicyBook book() {
        return policies.at(positions.head());
    }

    private static Problem unknown(String name, PolicyBook book) {
        return Problem.of(404, "unknown_policy", "there is no policy " + name)
                .with("nearest", Nearest.all(name, book.names(), SUGGESTIONS));
    }

    /** Policies, or versions of one. */
    @Schema(description = "Policies in the order of their names, or the versions of one, the first one first.")
    record PolicyList(List<PolicyView> items) {}
}
