package io.phaseledger.ledger;

import java.util.List;

/**
 * Submissions that came in one request.
 *
 * @param atomic whether all of them become rows or none
 */
record Unit(List<Submission> submissions, boolean atomic) {

    /** The most submissions that one request may bring, or that one commit of an import takes. */
    static final int MAX_SUBMISSIONS = 10_000;

    static Unit of(Submission submission) {
        return new Unit(List.of(submission), false);
    }
}
