package io.phaseledger.gate;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.AllFaults;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Parameters;
import io.phaseledger.http.Problem;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Answers for several policies and dates at once. */
@Path("/v1/readiness")
@Tag(name = "Ask")
@Produces(MediaType.APPLICATION_JSON)
class MatrixResource {

    /** Policies that one question may name. */
    private static final int MAX_POLICIES = 20;

    private final Gate gate;

    MatrixResource(Gate gate) {
        this.gate = gate;
    }

    @GET
    @Needs(Scope.READ)
    @Operation(operationId = "askReadinessMatrix")
    public Response ask(
            @Parameter(required = true, schema = @Schema(format = "date")) @QueryParam("game_date_from") @Nullable
                    String from,
            @Parameter(required = true, schema = @Schema(format = "date")) @QueryParam("game_date_to") @Nullable
                    String to,
            @QueryParam("policy") List<String> policies,
            @BeanParam Ask ask) {
        AllFaults.check(
                () -> Parameters.endOfDates("game_date_from", from),
                () -> Parameters.endOfDates("game_date_to", to),
                ask::asOf,
                ask::position,
                ask::mode);
        List<LocalDate> dates = Dates.between(
                Parameters.endOfDates("game_date_from", from),
                Parameters.endOfDates("game_date_to", to),
                (code, detail) -> FieldError.parameter("game_date_to", code, detail));
        Gathered gathered = gate.gather(
                new AsKnown(ask.asOf(), ask.position(), null, false), snapshot -> asked(snapshot, policies, dates));
        Snapshot snapshot = gathered.snapshot();
        List<VerdictView> items = dates.stream()
                .flatMap(date -> gathered.subjects().stream()
                        .map(subject -> gathered.verdict(subject.policy(), date, ask.mode())))
                .map(verdict -> VerdictView.of(verdict, snapshot))
                .toList();
        return Response.ok(new VerdictList(items))
                .header("Ledger-Position", snapshot.position())
                .build();
    }

    private static List<Subject> asked(Snapshot snapshot, List<String> policies, List<LocalDate> dates) {
        return names(policies, snapshot.book().names(snapshot.position())).stream()
                .map(name -> new Subject(snapshot.policy(name), dates))
                .toList();
    }

    private static String named(String policy) {
        if (policy.isEmpty()) {
            throw Problem.refused(
                    FieldError.parameter("policy", "invalid_name", "has a comma with no name before or after it"));
        }
        return policy;
    }

    /** Those given, each alone or several with commas between; all there are when none is given. */
    private static List<String> names(List<String> given, Collection<String> all) {
        List<String> names = given.isEmpty()
                ? List.copyOf(all)
                : given.stream()
                        .flatMap(each -> Arrays.stream(each.split(",", -1)))
                        .map(MatrixResource::named)
                        .distinct()
                        .toList();
        if (names.size() > MAX_POLICIES) {
            throw Problem.refused(FieldError.parameter(
                    "policy", "too_many_policies", names.size() + " policies are asked; name at most " + MAX_POLICIES));
        }
        return names;
    }

    /** Verdicts. */
    @Schema
    record VerdictList(List<VerdictView> items) {}
}
