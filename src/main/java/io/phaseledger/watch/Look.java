package io.phaseledger.watch;

import io.phaseledger.feed.Entry;
import io.phaseledger.feed.ReadinessChange;
import io.phaseledger.subscription.Include;
import java.util.EnumSet;
import java.util.Set;

/**
 * Why a verdict is looked at.
 *
 * @param of what makes a change no news to who does not ask for it
 * @param isTold whether a change is told to any subscriber
 */
record Look(ReadinessChange.Cause cause, Set<Include> of, boolean isTold) {

    static final Look BY_THE_CLOCK = new Look(ReadinessChange.Cause.CLOCK, Set.of(), true);

    /**
     * Of a policy or a slate, only what it changes of the past is no news; a completion is recorded when it happens.
     *
     * @param news what is news to all subscribers all the same
     * @param wanted what is news to some subscribers
     */
    static Look because(Entry entry, boolean isPast, Set<Include> news, Set<Include> wanted) {
        Set<Include> of = EnumSet.noneOf(Include.class);
        if (entry.isImported()) {
            of.add(Include.IMPORTS);
        }
        if (entry.isBackfill()) {
            of.add(Include.BACKFILL);
        }
        if (isPast && (entry.type() == Entry.Type.POLICY || entry.type() == Entry.Type.SLATE)) {
            of.add(Include.PAST);
        }
        of.removeAll(news);
        return new Look(ReadinessChange.Cause.ENTRY, of, wanted.containsAll(of));
    }

    /** An entry explains more than the clock does; and what is news for one reason is news. */
    Look or(Look other) {
        boolean byEntry = cause == ReadinessChange.Cause.ENTRY || other.cause == ReadinessChange.Cause.ENTRY;
        return new Look(
                byEntry ? ReadinessChange.Cause.ENTRY : ReadinessChange.Cause.CLOCK,
                of.size() <= other.of.size() ? of : other.of,
                isTold || other.isTold);
    }
}
