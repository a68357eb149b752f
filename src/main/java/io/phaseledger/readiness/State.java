package io.phaseledger.readiness;

import java.util.Locale;

/** The answer in a word. */
public enum State {
    READY,
    NOT_READY,
    /** The date has no work. */
    NOT_APPLICABLE,
    /** A backfill that asks nothing. */
    BYPASSED;

    /** As it is written outside. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is written so; an IllegalArgumentException for a word that is none. */
    public static State of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
