package io.phaseledger.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.gate.VerdictView.PolicyRef;
import io.phaseledger.readiness.Code;
import io.phaseledger.readiness.Reason;
import io.phaseledger.readiness.State;
import io.phaseledger.readiness.Verdict;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Answers by a policy that need not be stored, and compares it with one that is. */
@Path("/v1/readiness/evaluate")
@Tag(name = "Ask")
@Produces(MediaType.APPLICATION_JSON)
class EvaluateResource {

    private final Gate gate;

    EvaluateResource(Gate gate) {
        this.gate = gate;
    }

    @POST
    @Needs(Scope.READ)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "evaluateReadiness")
    public Response evaluate(@RequestBody(ref = "EvaluateReadiness") EvaluateReadiness question) {
        List<LocalDate> dates = question.dates();
        Gathered gathered = gate.gather(
                new AsKnown(question.asOf(), null, null, true), snapshot -> question.subjects(snapshot, dates));
        List<List<Verdict>> answers = gathered.subjects().stream()
                .map(subject -> gathered.verdicts(subject, question.modeOrLive()))
                .toList();
        List<VerdictView> items =
                VerdictView.of(answers.get(0), gate.timed(gathered, answers.get(0)), gathered.snapshot());
        return Response.ok(evaluation(answers, items))
                .header("Ledger-Position", gathered.snapshot().position())
                .build();
    }

    private static Evaluation evaluation(List<List<Verdict>> answers, List<VerdictView> items) {
        if (answers.size() == 1) {
            return new Evaluation(items, null, null);
        }
        List<Verdict> compared = answers.get(1);
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < compared.size(); i++) {
            if (answers.get(0).get(i).state() != compared.get(i).state()) {
                differences.add(Difference.of(answers.get(0).get(i), compared.get(i)));
            }
        }
        return new Evaluation(items, VerdictView.ref(compared.get(0)), differences);
    }

    /** What a policy answered, and where another answers differently. */
    @Schema
    record Evaluation(
            List<VerdictView> items,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            PolicyRef comparedWith,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Difference> differences) {}

    /** A date that two policies answer differently. */
    @Schema
    record Difference(
            LocalDate gameDate, State state, List<Code> reasons, State comparedState, List<Code> comparedReasons) {

        static Difference of(Verdict verdict, Verdict compared) {
            return new Difference(
                    verdict.question().gameDate(), verdict.state(), codes(verdict), compared.state(), codes(compared));
        }

        private static List<Code> codes(Verdict verdict) {
            return verdict.reasons().stream().map(Reason::code).toList();
        }
    }
}
