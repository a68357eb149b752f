package io.phaseledger.gate;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.policy.PolicyBook;
import io.phaseledger.policy.PolicyBook.InForce;
import io.phaseledger.policy.PolicyDefinition;
import io.phaseledger.policy.UpstreamGraph;
import io.phaseledger.readiness.Policy;
import io.phaseledger.timeliness.LedgerEnd;
import io.phaseledger.timeliness.Vantage;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The state of knowledge that a question is about: which policies are in force.
 *
 * @param asOf only what was learned by then counts, and age is measured to it
 * @param position only what was recorded up to there counts
 * @param evaluatedAt the database's clock when it was looked at
 * @param book every version of every policy
 * @param end where the ledger ended then, whatever of it counts
 */
record Snapshot(Instant asOf, long position, Instant evaluatedAt, PolicyBook book, LedgerEnd end) {

    /** From here it is looked back. */
    Vantage vantage() {
        return new Vantage(asOf, position, book, end);
    }

    /** The policy of that name; a 404 {@link Problem} with the nearest names when there is none. */
    InForce policy(String name) {
        return book.inForce(name, asOf, position).orElseThrow(() -> book.unknown(name));
    }

    /** A policy that is stored nowhere; a 422 {@link Problem} when its upstreams are not such as could be put. */
    InForce inline(PolicyDefinition definition) {
        List<FieldError> faults = new UpstreamGraph(book, asOf).faults(null, definition);
        if (!faults.isEmpty()) {
            throw Problem.refused(faults).under("/policy");
        }
        return new InForce(definition.policy(null, 0), false);
    }

    /** Every policy that these lead to, near or far. */
    Map<String, Policy> upstreamsOf(Collection<Policy> policies) {
        return book.upstreamsOf(policies, asOf, position);
    }
}
