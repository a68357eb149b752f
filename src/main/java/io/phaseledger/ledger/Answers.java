package io.phaseledger.ledger;

import io.phaseledger.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What a receipt is over HTTP. */
@ApplicationScoped
class Answers {

    private static final List<String> WAYS_ON = List.of(
            "if this is another run, send it with an execution_id of its own",
            "if the original was wrong, retract it (POST /v1/completions/{id}/retraction) and send this as a new run");

    Response response(Receipt receipt) {
        if (receipt instanceof Receipt.Recorded recorded) {
            return response(201, CompletionView.of(recorded.row(), null, recorded.warnings()))
                    .build();
        }
        if (receipt instanceof Receipt.AlreadyRecorded replayed) {
            return response(200, CompletionView.of(replayed.row(), null, replayed.warnings()))
                    .header("Idempotent-Replayed", "true")
                    .build();
        }
        throw problem(receipt);
    }

    private static Response.ResponseBuilder response(int status, CompletionView view) {
        return Response.status(status)
                .header("Location", "/v1/completions/" + view.id())
                .header(LedgerPosition.HEADER, view.position())
                .entity(view);
    }

    /** What is wrong with a submission that did not get into the ledger. */
    static Problem problem(Receipt receipt) {
        if (receipt instanceof Receipt.Refused refused) {
            return Problem.refused(refused.error());
        }
        if (receipt instanceof Receipt.Conflicting conflicting) {
            CompletionRow original = conflicting.original();
            return Problem.of(409, "conflict", "the same identity was recorded with other facts, as " + original.id)
                    .with("original", CompletionView.of(original, null, null))
                    .with("ways_on", WAYS_ON);
        }
        throw new IllegalArgumentException("it is in the ledger: " + receipt);
    }
}
