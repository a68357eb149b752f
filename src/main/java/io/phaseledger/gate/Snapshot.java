package io.phaseledger.gate;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Nearest;
import io.phaseledger.http.Problem;
import io.phaseledger.policy.PolicyBook;
import io.phaseledger.readiness.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ledger at one moment: which policies are in force.
 *
 * @param book every version of every policy
 */
record Snapshot(Moment moment, PolicyBook book) {

    private static final int SUGGESTIONS = 5;

    /** The policy of that name; a 404 {@link Problem} with the nearest names when there is none. */
    Asked policy(String name) {
        return book.inForce(name, moment.asOf(), moment.position())
                .map(inForce -> new Asked(inForce.policy(), inForce.retroactive()))
                .orElseThrow(() -> Problem.of(404, "unknown_policy", "there is no policy " + name)
                        .with("nearest", Nearest.all(name, book.names(), SUGGESTIONS)));
    }

    /** A policy that is stored nowhere; a 422 {@link Problem} when it names an upstream that does not exist. */
    Asked inline(Policy policy) {
        List<FieldError> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < policy.upstreams().size(); i++) {
            String upstream = policy.upstreams().get(i).policy();
            String pointer = "/policy/upstream/" + i + "/policy";
            if (!seen.add(upstream)) {
                faults.add(FieldError.at(pointer, "duplicate_upstream", upstream + " is named twice"));
            } else if (!book.names().contains(upstream)) {
                faults.add(FieldError.at(
                        pointer,
                        "unknown_policy",
                        "there is no policy " + upstream + Nearest.didYouMean(upstream, book.names())));
            }
        }
        if (!faults.isEmpty()) {
            throw Problem.refused(faults);
        }
        return new Asked(policy, false);
    }

    /** Every policy that these lead to, near or far. */
    Map<String, Policy> upstreamsOf(Collection<Policy> policies) {
        return book.upstreamsOf(policies, moment.asOf(), moment.position());
    }
}
