package io.phaseledger.policy;

import io.phaseledger.ledger.Versions;
import io.phaseledger.readiness.Policy;
import java.time.Instant;

/**
 * A version of a policy, read once and kept.
 *
 * @param effectiveFrom from when it is in force
 * @param position its place in the ledger's order
 * @param policy the definition as the rule reads it
 */
record PolicyVersion(
        String name,
        int version,
        Instant effectiveFrom,
        PolicyDefinition definition,
        long position,
        Instant insertedAt,
        String recordedBy,
        Policy policy)
        implements Versions.Version {

    @Override
    public long revision() {
        return position;
    }

    /** A first version may have been in force before it was put. */
    boolean isKnownAt(Instant instant) {
        return !insertedAt.isAfter(instant) || !effectiveFrom.isAfter(instant);
    }
}
