package io.phaseledger.gate;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.Parameters;
import io.phaseledger.http.Problem;
import io.phaseledger.readiness.Evidence;
import io.phaseledger.readiness.Question;
import io.phaseledger.readiness.Verdict;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Answers whether a policy's work for a date may begin. */
@Path("/v1/readiness")
@Tag(name = "Ask")
@Produces(MediaType.APPLICATION_JSON)
class ReadinessResource {

    /** A cache may keep an answer only to ask whether it still holds. */
    private static final String REVALIDATE = "private, no-cache";

    private static final int NOT_MODIFIED = 304;

    private final Gate gate;
    private final GateMetrics metrics;

    ReadinessResource(Gate gate, GateMetrics metrics) {
        this.gate = gate;
        this.metrics = metrics;
    }

    @GET
    @Needs(Scope.READ)
    @Path("/{policy}/{game_date}")
    @Transactional
    @Operation(operationId = "askReadiness", summary = "Ask whether a policy is ready for a date", description = """
                    Computed from the ledger each time. Ready means that there are no reasons against it; each reason names what is
                    missing and by how much. With expect=ready a gate is one line: curl -fsS …?expect=ready && ./run""")
    @Parameter(
            name = "If-None-Match",
            in = ParameterIn.HEADER,
            description = "The ETag of an earlier answer; 304 if it still holds.",
            schema = @Schema(type = SchemaType.STRING),
            example = "W/\"6f1b3f0e-2a41-3c3e-9d07-8f1f0a7f5c11\"")
    @APIResponse(responseCode = "200", ref = "Verdict")
    @APIResponse(responseCode = "304", ref = "VerdictUnchanged")
    @APIResponse(responseCode = "404", ref = "UnknownPolicy")
    @APIResponse(responseCode = "409", ref = "PositionUnknown")
    @APIResponse(responseCode = "412", ref = "NotReady")
    @APIResponse(responseCode = "422", ref = "QuestionRefused")
    public Response ask(
            @Parameter(description = "The name of the policy.", example = "phase4") @PathParam("policy") String name,
            @Parameter(
                            description = "The date, or today: the date that it is now in the policy's time zone.",
                            example = "2026-02-02")
                    @PathParam("game_date")
                    String gameDate,
            @BeanParam AskOne ask,
            @Context Request request) {
        LocalDate given = gameDate.equals("today") ? null : Parameters.date("game_date", gameDate);
        ask.check();
        Snapshot snapshot = gate.look(ask.asOf(), ask.position(), ask.atLeast());
        Asked asked = snapshot.policy(name);
        Moment moment = snapshot.moment();
        LocalDate date = given == null ? asked.policy().dateAt(moment.asOf()) : given;
        Question question = new Question(date, ask.mode(), moment.asOf(), ask.within(), ask.applies());
        Evidence evidence = gate.evidence(snapshot, List.of(asked), List.of(date));
        Verdict verdict = Matrix.evaluate(asked, question, evidence);
        metrics.answered(verdict);
        if (ask.expectsReady() && !verdict.ready()) {
            throw notReady(verdict, moment);
        }
        return answer(verdict, evidence, moment, request);
    }

    private static Response answer(Verdict verdict, Evidence evidence, Moment moment, Request request) {
        EntityTag tag = VerdictTag.of(
                verdict, evidence.units(verdict.question().gameDate()).toString());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null && unchanged.build().getStatus() != NOT_MODIFIED) {
            throw Problem.of(
                    412, "precondition_failed", "An answer has only a weak ETag, which If-Match never matches.");
        }
        return (unchanged == null ? Response.ok(VerdictView.of(verdict, moment)) : unchanged)
                .tag(tag)
                .header("Cache-Control", REVALIDATE)
                .header("Ledger-Position", moment.position())
                .build();
    }

    private static Problem notReady(Verdict verdict, Moment moment) {
        String why = verdict.reasons().get(0).message();
        return Problem.of(
                        412,
                        "not_ready",
                        verdict.policy().name() + " is not ready for "
                                + verdict.question().gameDate() + ": " + why)
                .with("verdict", VerdictView.of(verdict, moment));
    }
}
