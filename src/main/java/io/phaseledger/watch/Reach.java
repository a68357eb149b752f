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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far an entry reaches: the policies and dates whose verdict it may change. */
final class Reach {

    /** By name, each followed by all that it leads to. */
    private final Map<String, Map<String, Policy>> policies = new HashMap<>();

    private final Instant now;

    /** By the versions that are in force now, and what is upstream of them. */
    Reach(PolicyBook book, Instant now, long position) {
        this.now = now;
        for (String name : book.names()) {
            book.inForce(name, now, position).map(PolicyBook.InForce::policy).ifPresent(policy -> {
                Map<String, Policy> all = book.upstreamsOf(List.of(policy), now, position);
                all.put(name, policy);
                policies.put(name, all);
            });
        }
    }

    /** The verdicts that an entry bears on. */
    Set<PolicyDate> of(Entry entry) {
        return switch (entry.type()) {
            case COMPLETION, RETRACTION ->
                reached(
                        Objects.requireNonNull(entry.gameDate()),
                        each -> each.phase().equals(entry.phase())
                                && each.processorName().equals(entry.processorName()));
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
        Set<PolicyDate> all = reached(date, each -> true);
        policies.keySet().forEach(name -> all.add(new PolicyDate(name, date)));
        return all;
    }

    /** Of itself and of all that it is upstream of, the dates at hand. */
    private Set<PolicyDate> ofPolicy(String changed) {
        return policies.keySet().stream()
                .filter(name -> withUpstreams(name).containsKey(changed))
                .flatMap(name -> atHand(name).map(date -> new PolicyDate(name, date)))
                .collect(Collectors.toSet());
    }

    private Set<PolicyDate> reached(LocalDate date, Predicate<Requirement> reads) {
        Set<PolicyDate> reached = new HashSet<>();
        policies.forEach((name, all) -> all.values().stream()
                .flatMap(policy -> policy.requirements().stream())
                .filter(reads)
                .flatMap(each -> askedBy(name, each.gameDate(), date))
                .forEach(asking -> reached.add(new PolicyDate(name, asking))));
        return reached;
    }

    /** The dates whose verdict asks about a date; of those that look back from slate to slate, the ones at hand. */
    private Stream<LocalDate> askedBy(String policy, TargetDate target, LocalDate date) {
        if (target instanceof TargetDate.Offset offset) {
            return Stream.of(date.minusDays(offset.days()));
        }
        return target instanceof TargetDate.PreviousSlate
                ? atHand(policy).filter(asking -> asking.isAfter(date))
                : Stream.of(date);
    }

    /** Yesterday, today and tomorrow: the dates that somebody may be about to ask of. */
    private Stream<LocalDate> atHand(String policy) {
        LocalDate today = today(policy);
        return Stream.of(today.minusDays(1), today, today.plusDays(1));
    }

    private LocalDate today(String policy) {
        return Objects.requireNonNull(withUpstreams(policy).get(policy)).dateAt(now);
    }

    private Map<String, Policy> withUpstreams(String name) {
        return Objects.requireNonNull(policies.get(name));
    }
}
