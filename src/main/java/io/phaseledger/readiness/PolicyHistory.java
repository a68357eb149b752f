package io.phaseledger.readiness;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The versions of a policy and of all that its versions lead to, as they were known at one moment; immutable. */
public final class PolicyHistory {

    private final Map<String, List<DatedPolicy>> versions;

    /**
     * These versions.
     *
     * @param versions by name, at least one of each name that is asked for; the first one given of each stands in for a
     *     time before all of them
     */
    public PolicyHistory(Map<String, List<DatedPolicy>> versions) {
        this.versions = versions.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> DatedPolicy.inOrder(each.getValue())));
    }

    /** The version in force at an instant, or the first one before all. */
    Policy inForce(String name, Instant at) {
        List<DatedPolicy> known = of(name);
        for (int i = known.size() - 1; i > 0; i--) {
            if (!known.get(i).effectiveFrom().isAfter(at)) {
                return known.get(i).policy();
            }
        }
        return known.get(0).policy();
    }

    /** Whether no version was in force yet. */
    boolean isBefore(String name, Instant at) {
        return of(name).get(0).effectiveFrom().isAfter(at);
    }

    /** In the order in which they are in force. */
    List<DatedPolicy> of(String name) {
        return Objects.requireNonNull(versions.get(name), name);
    }

    /** What a policy leads to at an instant, near or far, by name. */
    Map<String, Policy> upstreamsOf(Policy policy, Instant at) {
        Map<String, Policy> reached = new HashMap<>();
        Deque<Policy> open = new ArrayDeque<>(List.of(policy));
        while (!open.isEmpty()) {
            for (Upstream link : open.pop().upstreams()) {
                if (!reached.containsKey(link.policy())) {
                    Policy upstream = inForce(link.policy(), at);
                    reached.put(link.policy(), upstream);
                    open.add(upstream);
                }
            }
        }
        return reached;
    }

    /** All that any version of any of them requires. */
    Stream<Requirement> requirements() {
        return versions.values().stream()
                .flatMap(Collection::stream)
                .flatMap(each -> each.policy().requirements().stream());
    }

    /** When a version takes over. */
    Stream<Instant> changes() {
        return versions.values().stream().flatMap(Collection::stream).map(DatedPolicy::effectiveFrom);
    }
}
