package io.phaseledger.subscription;

import io.phaseledger.feed.Entry;
import java.util.EnumSet;
import java.util.Set;

/** What is told although it is no news: history that is filled in afterwards. */
public enum Include {
    /** What brought along when it was known, and what comes of it. */
    IMPORTS,
    /** Completions that filled history, and what comes of them. */
    BACKFILL,
    /** Changes of readiness for dates before yesterday that come of a policy or a slate. */
    PAST;

    /** All that must be included for an entry to be told. */
    static Set<Include> of(Entry entry) {
        Set<Include> of = EnumSet.noneOf(Include.class);
        if (entry.isImported()) {
            of.add(IMPORTS);
        }
        if (entry.isBackfill()) {
            of.add(BACKFILL);
        }
        if (entry.isPast()) {
            of.add(PAST);
        }
        return of;
    }
}
