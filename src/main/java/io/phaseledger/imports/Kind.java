package io.phaseledger.imports;

import java.util.Locale;

/** What an import brings. */
public enum Kind {
    COMPLETIONS,
    SLATES;

    /** As it is written outside and in the database. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
