package io.phaseledger.gate;

import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import io.phaseledger.readiness.Verdict;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;

/**
 * How a caller wants its answer.
 *
 * @param expectsReady whether a verdict that is not ready is to be an error
 */
record Reply(boolean expectsReady, KnownTags known, WaitPreference preference) {

    private static final String APPLIED = "Preference-Applied";

    /** A cache may keep an answer only to ask whether it still holds. */
    private static final String REVALIDATE = "private, no-cache";

    /** Whether the caller need not wait for another answer than this. */
    boolean isWhatIsWaitedFor(Answer answer) {
        return known.isGiven() ? !known.contain(answer.tag()) : answer.verdict().ready();
    }

    /**
     * The response.
     *
     * @throws Problem 412 when ready was expected and it is not
     */
    Response to(Answer answer, Json json) {
        if (expectsReady && !answer.verdict().ready()) {
            throw notReady(answer);
        }
        EntityTag tag = answer.tag();
        Response.ResponseBuilder response =
                known.contain(tag) ? Response.notModified() : Response.ok(answer.text(json));
        preference.applied().ifPresent(applied -> response.header(APPLIED, applied));
        answer.receipt().header().ifPresent(id -> response.header(ReceiptNote.HEADER, id));
        return response.tag(tag)
                .header("Cache-Control", REVALIDATE)
                .header("Ledger-Position", answer.snapshot().position())
                .build();
    }

    private Problem notReady(Answer answer) {
        Verdict verdict = answer.verdict();
        Problem problem = Problem.of(
                        412,
                        "not_ready",
                        verdict.policy().name() + " is not ready for "
                                + verdict.question().gameDate() + ": "
                                + verdict.reasons().get(0).message())
                .with("verdict", answer.view());
        Problem noted = answer.receipt()
                .header()
                .map(id -> problem.withHeader(ReceiptNote.HEADER, id))
                .orElse(problem);
        return preference
                .applied()
                .map(applied -> noted.withHeader(APPLIED, applied))
                .orElse(noted);
    }
}
