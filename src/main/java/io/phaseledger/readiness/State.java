package io.phaseledger.readiness;

import java.util.Locale;

/** The verdict in one word. */
public enum State {
    READY,
    NOT_READY,
    /** The date has no work. */
    NOT_APPLICABLE,
    /** A backfill, which this policy lets pass. */
    BYPASSED;

    /** As JSON, SQL and logs have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of this word; an IllegalArgumentException for an unknown word. */
    public static State of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
