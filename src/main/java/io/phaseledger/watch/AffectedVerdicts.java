package io.phaseledger.watch;

import io.phaseledger.feed.Entry;
import io.phaseledger.gate.PolicyDate;
import io.phaseledger.policy.PolicyBook;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Requirement;
import io.phaseledger.readiness.TargetDate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How far an entry reaches: the policies and dates whose verdict it may change. */
final class AffectedVerdicts {

    /** By the name of a policy, its own and those of all that are upstream of it. */
    private final Map<String, Set<String>> policies = new HashMap<>();

    /** The date that it is now in the zone of each policy. */
    private final Map<String, LocalDate> today = new HashMap<>();

    /** Who asks of what is read: the same for each of thousands of entries. */
    private final Map<Read, Set<Asking>> asking = new HashMap<>();

    /** By the versions that are in force now, and what is upstream of them. */
    AffectedVerdicts(PolicyBook book, Instant now, long position) {
        for (String name : book.names()) {
            book.inForce(name, now, position).map(PolicyBook.InForce::policy).ifPresent(policy -> {
                Map<String, Policy> all = book.upstreamsOf(List.of(policy), now, position);
                all.put(name, policy);
                policies.put(name, Set.copyOf(all.keySet()));
                today.put(name, policy.dateAt(now));
                all.values().forEach(each -> each.requirements().forEach(read -> add(name, read)));
            });
        }
    }

    private void add(String policy, Requirement requirement) {
        asking.computeIfAbsent(new Read(requirement.phase(), requirement.processorName()), read -> new HashSet<>())
                .add(new Asking(policy, requirement.gameDate()));
    }

    /** The verdicts that an entry bears on. */
    Set<PolicyDate> of(Entry entry) {
        return switch (entry.type()) {
            case COMPLETION, RETRACTION ->
                reached(
                        asking.getOrDefault(new Read(entry.phase(), entry.processorName()), Set.of()),
                        Objects.requireNonNull(entry.gameDate()));
            case SLATE -> ofSlate(Objects.requireNonNull(entry.gameDate()));
            case POLICY -> ofPolicy(Objects.requireNonNull(entry.policy()));
            case READINESS -> Set.of();
        };
    }

    /** Whether a date is before yesterday in a policy's zone. */
    boolean isPast(PolicyDate about) {
        return about.gameDate().isBefore(today(about.policy()).minusDays(1));
    }

    private Set<PolicyDate> ofSlate(LocalDate date) {
        Set<PolicyDate> all = new HashSet<>();
        asking.values().forEach(each -> all.addAll(reached(each, date)));
        policies.keySet().forEach(name -> all.add(new PolicyDate(name, date)));
        return all;
    }

    /** Of itself and of all that it is upstream of, the dates at hand. */
    private Set<PolicyDate> ofPolicy(String changed) {
        return policies.keySet().stream()
                .filter(name -> Objects.requireNonNull(policies.get(name)).contains(changed))
                .flatMap(name -> atHand(name).map(date -> new PolicyDate(name, date)))
                .collect(Collectors.toSet());
    }

    private Set<PolicyDate> reached(Set<Asking> by, LocalDate date) {
        Set<PolicyDate> reached = new HashSet<>();
        for (Asking each : by) {
            askedBy(each, date).forEach(asked -> reached.add(new PolicyDate(each.policy(), asked)));
        }
        return reached;
    }

    /** The dates whose verdict asks about a date; of those that look back from slate to slate, the ones at hand. */
    private Stream<LocalDate> askedBy(Asking each, LocalDate date) {
        if (each.of() instanceof TargetDate.Offset offset) {
            return Stream.of(date.minusDays(offset.days()));
        }
        return each.of() instanceof TargetDate.PreviousSlate
                ? atHand(each.policy()).filter(asked -> asked.isAfter(date))
                : Stream.of(date);
    }

    /** Yesterday, today and tomorrow: the dates that callers are likely to ask about. */
    private Stream<LocalDate> atHand(String policy) {
        LocalDate now = today(policy);
        return Stream.of(now.minusDays(1), now, now.plusDays(1));
    }

    private LocalDate today(String policy) {
        return Objects.requireNonNull(today.get(policy));
    }

    /** What a requirement reads. */
    private record Read(@Nullable String phase, @Nullable String processorName) {}

    /** A policy that reads it, of which date. */
    private record Asking(String policy, TargetDate of) {}
}
