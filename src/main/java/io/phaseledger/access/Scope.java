package io.phaseledger.access;

/** What a caller may do. */
public enum Scope {

    /** Report completions and retract them, of some phases and processors or of all. */
    RECORD,

    /** Ask, and see what was recorded. */
    READ,

    /** All of it, and policies, slates, aliases, imports, subscriptions and keys. */
    OPERATE
}
