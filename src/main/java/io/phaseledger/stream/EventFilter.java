package io.phaseledger.stream;

import io.phaseledger.feed.Entry;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are told; what is left empty lets everything through.
 *
 * @param phases entries that have a phase, and one of these
 * @param policies entries that have a policy, and one of these
 * @param gameDates entries that have a date, and one of these
 */
record EventFilter(Set<Entry.Type> types, Set<String> phases, Set<String> policies, Set<LocalDate> gameDates) {

    boolean lets(Entry entry) {
        return isNews(entry)
                && has(types, entry.type())
                && has(phases, entry.phase())
                && has(policies, entry.policy())
                && has(gameDates, entry.gameDate());
    }

    /** What comes of history that is filled in afterwards is announced to those who subscribe to it. */
    private static boolean isNews(Entry entry) {
        return entry.type() != Entry.Type.READINESS || !(entry.isImported() || entry.isBackfill() || entry.isPast());
    }

    private static <T> boolean has(Set<T> wanted, @Nullable T value) {
        return wanted.isEmpty() || (value != null && wanted.contains(value));
    }
}
