package io.phaseledger.subscription;

/** Which changes of readiness are told. */
enum Deliver {
    /** Each. */
    EVERY,
    /** The first to a state for a policy and date. */
    FIRST,
    /** Those after which the verdict has stood for a while. */
    SETTLED
}
