package io.phaseledger.gate;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Parameters;
import io.phaseledger.http.Problem;
import io.phaseledger.readiness.Applies;
import io.phaseledger.readiness.Evidence;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Question;
import io.phaseledger.readiness.Readiness;
import io.phaseledger.readiness.Verdict;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers whether a policy's work for a date may begin. */
@Path("/v1/readiness")
@Produces(MediaType.APPLICATION_JSON)
class ReadinessResource {

    private static final String REVALIDATE = "private, no-cache";

    private final Gate gate;

    ReadinessResource(Gate gate) {
        this.gate = gate;
    }

    @GET
    @Path("/{policy}/{game_date}")
    public Response ask(
            @PathParam("policy") String name,
            @PathParam("game_date") String gameDate,
            @QueryParam("within") @Nullable String within,
            @QueryParam("applies") @Nullable String applies,
            @QueryParam("mode") @Nullable String mode,
            @QueryParam("as_of") @Nullable String asOf,
            @QueryParam("position") @Nullable String position,
            @QueryParam("at_least") @Nullable String atLeast,
            @QueryParam("expect") @Nullable String expect,
            @Context Request request) {
        Optional<LocalDate> date =
                gameDate.equals("today") ? Optional.empty() : Optional.of(Parameters.date("game_date", gameDate));
        boolean mustBeReady = expectsReady(expect);
        Optional<Applies> replaced =
                Optional.ofNullable(applies).map(it -> Parameters.oneOf("applies", it, Applies.class));
        Optional<java.time.Duration> bound = Optional.ofNullable(within).map(it -> Parameters.duration("within", it));
        Mode asked = mode == null ? Mode.LIVE : Parameters.oneOf("mode", mode, Mode.class);

        Snapshot snapshot = gate.look(
                asOf == null ? null : Parameters.instant("as_of", asOf),
                position == null ? null : Parameters.position("position", position),
                atLeast == null ? null : Parameters.position("at_least", atLeast));
        Asked policy = snapshot.policy(name);
        Moment moment = snapshot.moment();
        LocalDate about = date.orElseGet(() -> policy.policy().dateAt(moment.asOf()));
        Question question = new Question(about, asked, moment.asOf(), bound.orElse(null), replaced.orElse(null));
        Evidence evidence = gate.evidence(snapshot, List.of(policy), List.of(about));
        Verdict verdict = Readiness.evaluate(
                policy.policy(), question, policy.retroactive() ? evidence.ofRetroactivePolicy() : evidence);
        return answer(verdict, evidence, moment, mustBeReady, request);
    }

    private static Response answer(
            Verdict verdict, Evidence evidence, Moment moment, boolean mustBeReady, Request request) {
        VerdictView view = VerdictView.of(verdict, moment);
        if (mustBeReady && !verdict.ready()) {
            throw Problem.of(412, "not_ready", sentence(verdict)).with("verdict", view);
        }
        EntityTag tag = VerdictTag.of(
                verdict, evidence.units(verdict.question().gameDate()).toString());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder response = unchanged == null ? Response.ok(view) : unchanged;
        return response.tag(tag)
                .header("Cache-Control", REVALIDATE)
                .header("Ledger-Position", moment.position())
                .build();
    }

    private static String sentence(Verdict verdict) {
        return verdict.policy().name() + " is not ready for "
                + verdict.question().gameDate() + ": "
                + verdict.reasons().get(0).message();
    }

    private static boolean expectsReady(@Nullable String expect) {
        if (expect != null && !expect.equals("ready")) {
            throw Problem.refused(FieldError.parameter("expect", "unknown_value", "only ready can be expected"));
        }
        return expect != null;
    }
}
