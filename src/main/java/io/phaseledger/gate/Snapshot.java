package io.phaseledger.gate;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.policy.PolicyBook;
import io.phaseledger.policy.PolicyDefinition;
import io.phaseledger.policy.UpstreamGraph;
import io.phaseledger.readiness.Policy;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The ledger at one moment: which policies are in force.
 *
 * @param book every version of every policy
 */
record Snapshot(Moment moment, PolicyBook book) {

    /** The policy of that name; a 404 {@link Problem} with the nearest names when there is none. */
    Asked policy(String name) {
        return book.inForce(name, moment.asOf(), moment.position())
                .map(inForce -> new Asked(inForce.policy(), inForce.retroactive()))
                .orElseThrow(() -> book.unknown(name));
    }

    /** A policy that is stored nowhere; a 422 {@link Problem} when its upstreams are not such as could be put. */
    Asked inline(PolicyDefinition definition) {
        List<FieldError> faults = new UpstreamGraph(book, moment.asOf()).faults(null, definition);
        if (!faults.isEmpty()) {
            throw Problem.refused(faults).under("/policy");
        }
        return new Asked(definition.policy(null, 0), false);
    }

    /** Every policy that these lead to, near or far. */
    Map<String, Policy> upstreamsOf(Collection<Policy> policies) {
        return book.upstreamsOf(policies, moment.asOf(), moment.position());
    }
}
