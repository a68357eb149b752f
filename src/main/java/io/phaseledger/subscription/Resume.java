package io.phaseledger.subscription;

/** Where a subscription that is enabled again goes on. */
enum Resume {
    /** With the call that was given up. */
    FROM,
    /** With the call after that. */
    AFTER,
    /** With what happens from now on. */
    NOW
}
