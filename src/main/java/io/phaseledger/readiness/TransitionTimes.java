package io.phaseledger.readiness;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The instants at which an answer can change by the clock alone.
 *
 * <p>The clock alone causes three changes: a row grows older than its bound, a date begins or ends, and the time of a row
 * from the future is reached. At any other instant the same question has the same answer, ages apart.
 */
final class TransitionTimes {

    private static final Duration TICK = Duration.ofNanos(1000);

    private final Evidence evidence;
    private final NavigableSet<Instant> instants = new TreeSet<>();
    private final Set<String> collected = new HashSet<>();

    private TransitionTimes(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Those after the question's as-of, rising; through every upstream policy, too. */
    static NavigableSet<Instant> after(Policy policy, Question question, Evidence evidence) {
        TransitionTimes all = new TransitionTimes(evidence);
        all.collect(policy, question);
        return all.instants.tailSet(question.asOf(), false);
    }

    private void collect(Policy policy, Question question) {
        policy.requirements().forEach(each -> collect(each, policy, question));
        for (Upstream link : policy.upstreams()) {
            Policy upstream = evidence.policy(link.policy());
            if (upstream != null && collected.add(link.policy())) {
                collect(upstream, question.ofUpstream());
            }
        }
    }

    private void collect(Requirement requirement, Policy policy, Question question) {
        LocalDate date = requirement
                .gameDate()
                .resolve(question.gameDate(), evidence.slates())
                .date();
        if (date == null) {
            return;
        }
        Optional<Duration> maxAge = Optional.ofNullable(question.freshnessOf(policy))
                .filter(freshness -> freshness.applies() != Applies.NEVER)
                .map(Freshness::maxAge);
        if (maxAge.isPresent()) {
            instants.add(date.atStartOfDay(policy.zone()).toInstant());
            instants.add(date.plusDays(1).atStartOfDay(policy.zone()).toInstant());
        }
        evidence.newest(requirement.cell(date), row -> requirement.accept().contains(row.status()))
                .map(Completion::completedAt)
                .ifPresent(completedAt -> {
                    instants.add(completedAt);
                    maxAge.ifPresent(age -> instants.add(completedAt.plus(age).plus(TICK)));
                });
    }
}
