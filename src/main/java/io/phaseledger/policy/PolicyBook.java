package io.phaseledger.policy;

import io.phaseledger.http.Nearest;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Versions;
import io.phaseledger.readiness.DatedPolicy;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.PolicyHistory;
import io.phaseledger.readiness.Upstream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Every version of every policy up to one position; immutable. */
public final class PolicyBook {

    private static final Comparator<PolicyVersion> IN_FORCE =
            Comparator.comparing(PolicyVersion::effectiveFrom).thenComparingInt(PolicyVersion::version);

    private static final int SUGGESTIONS = 5;

    private final Versions<PolicyVersion> versions;

    PolicyBook(Versions<PolicyVersion> versions) {
        this.versions = versions;
    }

    /** A 404 that offers the names that are near. */
    public Problem unknown(String name) {
        return Problem.of(404, "unknown_policy", absence(name))
                .with("nearest", Nearest.all(name, names(), SUGGESTIONS));
    }

    /** That there is no policy of a name, in a sentence that offers the nearest. */
    String absence(String name) {
        return "there is no policy " + name + Nearest.didYouMean(name, names());
    }

    boolean covers(long policyPosition) {
        return versions.covers(policyPosition);
    }

    public Collection<String> names() {
        return versions.names();
    }

    /** Those that had a version when the ledger ended at a position. */
    public Collection<String> names(long upTo) {
        return names().stream()
                .filter(name -> versions.newest(name, upTo).isPresent())
                .toList();
    }

    /** The highest version of each policy, by name. */
    List<PolicyVersion> latest() {
        return versions.newest();
    }

    Optional<PolicyVersion> latest(String name) {
        return versions.newest(name);
    }

    /** Its versions, the first one first; empty for an unknown name. */
    List<PolicyVersion> versions(String name) {
        return versions.of(name);
    }

    /**
     * The version in force at an instant as if the ledger ended at a position: the latest {@code effective_from} by
     * then, ties to the higher version. A policy that did not exist yet answers by its first version.
     */
    public Optional<InForce> inForce(String name, Instant asOf, long upTo) {
        return versionInForce(name, asOf, upTo)
                .map(each -> new InForce(each.policy(), false))
                .or(() -> versions(name).stream().findFirst().map(first -> new InForce(first.policy(), true)));
    }

    /** The processors that read what a policy covers, in the same version; a 404 {@link Problem} when there is none. */
    public List<ConsumerDefinition> consumers(String name, Instant asOf, long upTo) {
        return versionInForce(name, asOf, upTo)
                .or(() -> versions(name).stream().findFirst())
                .orElseThrow(() -> unknown(name))
                .definition()
                .consumers();
    }

    private Optional<PolicyVersion> versionInForce(String name, Instant asOf, long upTo) {
        return versions(name).stream()
                .filter(each -> each.position() <= upTo && !each.effectiveFrom().isAfter(asOf))
                .max(IN_FORCE);
    }

    /** Every policy that these lead to, near or far, by name, in the versions in force; their upstreams must exist. */
    public Map<String, Policy> upstreamsOf(Collection<Policy> policies, Instant asOf, long upTo) {
        Map<String, Policy> reached = new HashMap<>();
        Deque<Policy> open = new ArrayDeque<>(policies);
        while (!open.isEmpty()) {
            for (Upstream link : open.pop().upstreams()) {
                if (!reached.containsKey(link.policy())) {
                    Policy upstream =
                            inForce(link.policy(), asOf, upTo).orElseThrow().policy();
                    reached.put(link.policy(), upstream);
                    open.add(upstream);
                }
            }
        }
        return reached;
    }

    /**
     * The versions of a policy and of all that any of them leads to, as they were known at an instant, as if the ledger
     * ended at a position. A policy of which none was known then stands in by its first version.
     *
     * @param as how each is to be read
     */
    public PolicyHistory history(String name, Instant asOf, long upTo, UnaryOperator<Policy> as) {
        Map<String, List<DatedPolicy>> found = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (!found.containsKey(next)) {
                List<DatedPolicy> dated = dated(next, asOf, upTo, as);
                found.put(next, dated);
                dated.forEach(each -> each.policy().upstreams().forEach(link -> open.add(link.policy())));
            }
        }
        return new PolicyHistory(found);
    }

    /** The versions of a policy as they were known at an instant, in the order in which they are in force. */
    public List<DatedPolicy> dated(String name, Instant asOf, long upTo) {
        return DatedPolicy.inOrder(dated(name, asOf, upTo, policy -> policy));
    }

    /** Whether any version of it has a deadline. */
    public boolean hasDeadline(String name) {
        for (PolicyVersion version : versions(name)) {
            if (version.policy().deadline() != null) {
                return true;
            }
        }
        return false;
    }

    /** Whether a policy was put after a position that was in force before it was put. */
    public boolean hasDatedSince(long position) {
        for (String name : names()) {
            PolicyVersion first = versions(name).get(0);
            if (first.position() > position && first.effectiveFrom().isBefore(first.insertedAt())) {
                return true;
            }
        }
        return false;
    }

    private List<DatedPolicy> dated(String name, Instant asOf, long upTo, UnaryOperator<Policy> as) {
        List<DatedPolicy> known = versions(name).stream()
                .filter(each -> each.position() <= upTo && each.isKnownAt(asOf))
                .map(each -> new DatedPolicy(as.apply(each.policy()), each.effectiveFrom()))
                .toList();
        return known.isEmpty()
                ? List.of(new DatedPolicy(as.apply(versions(name).get(0).policy()), Instant.MAX))
                : known;
    }

    /** The zones of the newest versions that read a processor of a phase, in the order of their names. */
    public List<ZoneId> zonesReading(String phase, String processor) {
        return latest().stream()
                .map(PolicyVersion::policy)
                .filter(policy -> policy.requirements().stream()
                        .anyMatch(each -> each.phase().equals(phase)
                                && each.processorName().equals(processor)))
                .map(Policy::zone)
                .distinct()
                .sorted(Comparator.comparing(ZoneId::getId))
                .toList();
    }

    /** When a later version of one of these takes over, the earliest of all after an instant. */
    public Optional<Instant> nextInForce(Collection<String> names, Instant after) {
        return names.stream()
                .flatMap(name -> versions(name).stream())
                .map(PolicyVersion::effectiveFrom)
                .filter(from -> from.isAfter(after))
                .min(Comparator.naturalOrder());
    }

    /**
     * A policy and whether it stands in for a time before it existed.
     *
     * @param retroactive whether no version was in force yet
     */
    public record InForce(Policy policy, boolean retroactive) {}
}
