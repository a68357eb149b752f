package io.phaseledger.subscription;

import io.phaseledger.feed.Entry;
import io.phaseledger.http.EnumNames;
import io.phaseledger.readiness.State;
import java.util.Objects;

/** What events are called: by what was added, and changes of readiness also by what the verdict has become. */
final class EventName {

    /** A regular expression of all that may be subscribed to. */
    static final String PATTERN =
            "completion|retraction|policy|slate|readiness|readiness\\.(ready|not_ready|not_applicable|bypassed)";

    /** The code and the rule, as a constraint gives them. */
    static final String MESSAGE = "unknown_value: must be completion, retraction, policy, slate, readiness,"
            + " readiness.ready, readiness.not_ready, readiness.not_applicable or readiness.bypassed";

    /** Every change of readiness. */
    static final String READINESS = EnumNames.of(Entry.Type.READINESS);

    private EventName() {}

    static String of(Entry entry) {
        return entry.type() == Entry.Type.READINESS
                ? of(Objects.requireNonNull(entry.to()))
                : EnumNames.of(entry.type());
    }

    static String of(State to) {
        return READINESS + "." + EnumNames.of(to);
    }

    /** What kind of entry an event tells of. */
    static Entry.Type type(String name) {
        return name.startsWith(READINESS) ? Entry.Type.READINESS : EnumNames.constant(Entry.Type.class, name);
    }
}
