package io.phaseledger.gate;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.GameDates;
import io.phaseledger.http.Problem;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Verdict;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.Separator;
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
            @QueryParam("game_date_from") @NotNull LocalDate gameDateFrom,
            @QueryParam("game_date_to") @NotNull LocalDate gameDateTo,
            @QueryParam("policy") @Separator(",") List<String> policies,
            @QueryParam("mode") @DefaultValue("live") Mode mode,
            @QueryParam("as_of") @Nullable Instant asOf,
            @QueryParam("position") @PositiveOrZero @Nullable Long position) {
        List<LocalDate> dates = GameDates.between(
                gameDateFrom, gameDateTo, (code, detail) -> FieldError.parameter("game_date_to", code, detail));
        Gathered gathered =
                gate.gather(new AsKnown(asOf, position, null, false), snapshot -> asked(snapshot, policies, dates));
        Snapshot snapshot = gathered.snapshot();
        List<Verdict> verdicts = dates.stream()
                .flatMap(date ->
                        gathered.subjects().stream().map(subject -> gathered.verdict(subject.policy(), date, mode)))
                .toList();
        List<VerdictView> items = VerdictView.of(verdicts, gate.timed(gathered, verdicts), snapshot);
        return Response.ok(new VerdictList(items))
                .header("Ledger-Position", snapshot.position())
                .build();
    }

    private static List<Subject> asked(Snapshot snapshot, List<String> policies, List<LocalDate> dates) {
        return names(policies, snapshot.book().names(snapshot.position())).stream()
                .map(name -> new Subject(snapshot.policy(name), dates))
                .toList();
    }

    /** Those given; all there are when none is. */
    private static List<String> names(List<String> given, Collection<String> all) {
        List<String> names = (given.isEmpty() ? all : given).stream().distinct().toList();
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
