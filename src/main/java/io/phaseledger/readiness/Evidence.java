package io.phaseledger.readiness;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knew at as-of about the requirements of a policy.
 *
 * <p>It need not hold every row: of each cell, the newest of each status suffices, and of the accepted statuses also
 * the newest full one. The caller leaves out rows that were recorded after as-of or retracted by then.
 */
public final class Evidence {

    private final Map<EvidenceKey, List<Completion>> completions;
    private final Slates slates;
    private final Map<String, Policy> policies;
    private final boolean retroactive;

    private Evidence(
            Map<EvidenceKey, List<Completion>> completions,
            Slates slates,
            Map<String, Policy> policies,
            boolean retroactive) {
        this.completions = completions;
        this.slates = slates;
        this.policies = policies;
        this.retroactive = retroactive;
    }

    /**
     * Evidence from these rows.
     *
     * @param policies the upstream policies that can be reached, in the versions in force
     */
    public static Evidence of(Collection<Completion> completions, Slates slates, Map<String, Policy> policies) {
        return new Evidence(
                completions.stream().collect(Collectors.groupingBy(Completion::cell)),
                slates,
                Map.copyOf(policies),
                false);
    }

    /** The same, for a policy that did not exist yet and answers by its first version. */
    public Evidence ofRetroactivePolicy() {
        return new Evidence(completions, slates, policies, true);
    }

    /** The units that a date is known to have. */
    public OptionalInt units(LocalDate date) {
        return slates.units(date);
    }

    Slates slates() {
        return slates;
    }

    boolean isRetroactive() {
        return retroactive;
    }

    /** The policy in force under that name; null when the evidence was gathered without it. */
    @Nullable
    Policy policy(String name) {
        return policies.get(name);
    }

    Optional<Completion> newest(EvidenceKey cell, Predicate<Completion> which) {
        return completions.getOrDefault(cell, List.of()).stream().filter(which).max(Completion.BY_AGE);
    }
}
