package io.phaseledger.subscription;

import java.util.Locale;

/** Which changes of readiness are told. */
enum Deliver {
    /** Each. */
    EVERY,
    /** The first to a state for a policy and date. */
    FIRST,
    /** Those after which the verdict has stood for a while. */
    SETTLED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Deliver of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
