package io.phaseledger.readiness;

import java.time.Instant;
import java.util.Comparator;

/**
 * A version of a policy and from when it is in force.
 *
 * @param effectiveFrom until the next version's, which may be the same: then it never was
 */
public record DatedPolicy(Policy policy, Instant effectiveFrom) {

    static final Comparator<DatedPolicy> IN_FORCE = Comparator.comparing(DatedPolicy::effectiveFrom)
            .thenComparingInt(each -> each.policy().version());
}
