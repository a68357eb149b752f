package io.phaseledger.gate;

import io.phaseledger.readiness.Completion;
import io.phaseledger.timeliness.LedgerEnd;
import java.time.Instant;
import java.util.List;

/**
 * What one statement told of the ledger.
 *
 * @param head the position where it ends
 * @param learnedAt when the entry there was learned
 * @param clock the database's clock
 * @param policyPosition of the newest policy version
 * @param slatePosition of the newest slate
 * @param datedPosition of the newest completion or slate that was said afterwards
 * @param rows the evidence that was asked for
 */
record Reading(
        long head,
        Instant learnedAt,
        Instant clock,
        long policyPosition,
        long slatePosition,
        long datedPosition,
        List<Completion> rows) {

    static final Reading NONE = new Reading(0, Instant.EPOCH, Instant.EPOCH, 0, 0, 0, List.of());

    /** The clock, but never before the newest entry: a clock that was set back hides nothing. */
    Instant now() {
        return clock.isBefore(learnedAt) ? learnedAt : clock;
    }

    LedgerEnd end() {
        return new LedgerEnd(head, learnedAt, now(), slatePosition, datedPosition);
    }

    /** What the ledger may look like at an instant, when nothing but the time has changed since. */
    Reading at(Instant later) {
        return new Reading(head, learnedAt, later, policyPosition, slatePosition, datedPosition, List.of());
    }

    Reading with(List<Completion> all) {
        return new Reading(head, learnedAt, clock, policyPosition, slatePosition, datedPosition, all);
    }
}
