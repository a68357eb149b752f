package io.phaseledger.subscription;

import io.phaseledger.feed.Entry;
import io.phaseledger.http.EnumNames;
import io.phaseledger.ledger.Names;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription wants to be told of.
 *
 * @param events by their names
 * @param policies of entries about a policy, only these; empty for all
 * @param phases of entries about a phase, only these; empty for all
 * @param from of entries about a date, only those from this one on; null for all
 * @param include what is told although it is no news
 */
record SubscriptionFilter(
        Set<String> events,
        Set<String> policies,
        Set<String> phases,
        @Nullable LocalDate from,
        Set<Include> include) {

    /** The same, with the phases that aliases among its own stand for beside them. */
    SubscriptionFilter withWhatNamesStandFor(Names.Known known) {
        return new SubscriptionFilter(events, policies, known.withWhatTheyStandFor(phases), from, include);
    }

    boolean has(Entry entry) {
        return isNamed(entry)
                && lets(policies, entry.policy())
                && lets(phases, entry.phase())
                && (from == null
                        || entry.gameDate() == null
                        || !entry.gameDate().isBefore(from))
                && include.containsAll(Include.of(entry));
    }

    private boolean isNamed(Entry entry) {
        return events.contains(EventName.of(entry)) || events.contains(EnumNames.of(entry.type()));
    }

    private static boolean lets(Set<String> wanted, @Nullable String value) {
        return wanted.isEmpty() || value == null || wanted.contains(value);
    }
}
