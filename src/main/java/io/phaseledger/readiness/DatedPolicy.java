package io.phaseledger.readiness;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A version of a policy and from when it is in force.
 *
 * @param effectiveFrom until the next version's, which may be the same: then it never was
 */
public record DatedPolicy(Policy policy, Instant effectiveFrom) {

    private static final Comparator<DatedPolicy> IN_FORCE = Comparator.comparing(DatedPolicy::effectiveFrom)
            .thenComparingInt(each -> each.policy().version());

    /** In the order in which they are in force. */
    public static List<DatedPolicy> inOrder(Collection<DatedPolicy> any) {
        return any.stream().sorted(IN_FORCE).toList();
    }
}
