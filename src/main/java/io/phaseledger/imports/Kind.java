package io.phaseledger.imports;

/** What an import brings. */
public enum Kind {
    COMPLETIONS,
    SLATES
}
