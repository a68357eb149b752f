package io.phaseledger.policy;

import io.phaseledger.http.FieldError;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where upstream links can lead once a new version is in force.
 *
 * <p>Other policies change by the clock too: a version that is not in force yet will be. So a link counts if any
 * version carries it that is in force when the new one begins, or later; then no instant has a loop.
 */
public final class UpstreamGraph {

    /** How many policies one may lead to, near and far, so that judging it stays cheap. */
    static final int MAX_REACHABLE = 50;

    private final PolicyBook book;
    private final Instant from;

    /** @param from when the new version comes into force */
    public UpstreamGraph(PolicyBook book, Instant from) {
        this.book = book;
        this.from = from;
    }

    /**
     * What is wrong with the links of a definition; the pointers begin at it.
     *
     * @param name of the policy that they are of; null for one that has none, to which nothing leads back
     */
    public List<FieldError> faults(@Nullable String name, PolicyDefinition definition) {
        List<String> upstreams =
                definition.upstream().stream().map(UpstreamDefinition::policy).toList();
        List<FieldError> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < upstreams.size(); i++) {
            String upstream = upstreams.get(i);
            String pointer = "/upstream/" + i + "/policy";
            if (!seen.add(upstream)) {
                faults.add(FieldError.at(pointer, "duplicate_upstream", upstream + " is named twice"));
            } else if (name != null
                    && (upstream.equals(name) || reachable(List.of(upstream)).contains(name))) {
                faults.add(FieldError.at(pointer, "upstream_cycle", upstream + " leads back to " + name));
            } else if (book.versions(upstream).isEmpty()) {
                faults.add(FieldError.at(pointer, "unknown_policy", book.absence(upstream)));
            }
        }
        if (reachable(upstreams).size() > MAX_REACHABLE) {
            faults.add(FieldError.at(
                    "/upstream", "too_many_upstreams", "leads to more than " + MAX_REACHABLE + " policies"));
        }
        return faults;
    }

    private Set<String> reachable(Collection<String> starts) {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(starts);
        while (!open.isEmpty()) {
            String name = open.pop();
            if (reached.add(name)) {
                open.addAll(links(name));
            }
        }
        return reached;
    }

    private Set<String> links(String name) {
        Instant inForceSince = inForceSince(name);
        return book.versions(name).stream()
                .filter(each -> !each.effectiveFrom().isBefore(inForceSince))
                .map(PolicyVersion::definition)
                .map(PolicyDefinition::upstream)
                .flatMap(Collection::stream)
                .map(UpstreamDefinition::policy)
                .collect(Collectors.toSet());
    }

    /** A policy of which no version is in force yet can answer by any of them. */
    private Instant inForceSince(String name) {
        return book.versions(name).stream()
                .map(PolicyVersion::effectiveFrom)
                .filter(effective -> !effective.isAfter(from))
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }
}
