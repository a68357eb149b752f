package io.phaseledger.timeliness;

import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Status;
import java.util.EnumSet;
import java.util.Set;

/** How much is read of a history. */
public enum Extent {
    /** What may make the policy ready or not: the statuses that may decide, and the upstreams that are required. */
    DECIDING {
        @Override
        Policy of(Policy policy) {
            return policy.deciding();
        }

        @Override
        Set<Status> of(Set<Status> accepted) {
            return accepted;
        }
    },

    /** All that verdicts tell: every status, and the upstreams that only warn. */
    WHOLE {
        @Override
        Policy of(Policy policy) {
            return policy;
        }

        @Override
        Set<Status> of(Set<Status> accepted) {
            return EnumSet.allOf(Status.class);
        }
    };

    abstract Policy of(Policy policy);

    abstract Set<Status> of(Set<Status> accepted);
}
