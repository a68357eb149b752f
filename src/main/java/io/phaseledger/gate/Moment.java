package io.phaseledger.gate;

import java.time.Instant;

/**
 * The state of knowledge that a question is about.
 *
 * @param asOf only what was learned by then counts, and age is measured to it
 * @param position only what was recorded up to there counts
 * @param learnedBy when the newest entry up to there was learned
 * @param evaluatedAt the database's clock when it was looked at
 */
record Moment(Instant asOf, long position, Instant learnedBy, Instant evaluatedAt) {

    /** Nothing that counts can have been learned later. */
    Instant knownBy() {
        return asOf.isBefore(learnedBy) ? asOf : learnedBy;
    }
}
