package io.phaseledger.ledger;

import io.phaseledger.access.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row to be: all of it that does not depend on where the ledger stands when it is written.
 *
 * @param by the principal that sent it
 * @param row to be completed with its place, its identity, its instants and the names that the reported ones stand for
 * @param identity that it has unless it is a re-run
 * @param completedAt when the work ended; null for when it is written
 * @param insertedAt when a row of history was known elsewhere; null for a report of now
 */
record Submission(
        Principal by,
        CompletionRow row,
        Identity identity,
        @Nullable Instant completedAt,
        @Nullable Instant insertedAt) {

    /** Whether nothing was sent that tells a retry from a new report. */
    boolean isNewEveryTime() {
        return identity.by() == Identity.By.NOTHING;
    }

    /** Whether it says how an execution ended, and when: of a run of that, or of another one. */
    boolean mayBeRerun() {
        return identity.by() == Identity.By.OUTCOME_OF_EXECUTION && completedAt != null;
    }

    /** The phase that it is about, by the names as they are recorded. */
    String phase(Names.Known names) {
        return row.isRetraction() ? row.phase : names.phase(row.reportedPhase);
    }

    /** The processor that it is about, by the names as they are recorded. */
    String processor(Names.Known names) {
        return row.isRetraction() ? row.processorName : names.processor(row.reportedName);
    }
}
