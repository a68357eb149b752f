package io.phaseledger.readiness;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When a ready verdict lapses with no new row.
 *
 * <p>Only two things happen by the clock: a row grows older than its bound, and a date becomes today. So the same
 * question is asked again of each instant at which either could happen, in order, and the first that is not ready is
 * the answer. That way quorums, upstreams and midnights need no reasoning of their own.
 */
final class Expiry {

    private static final Duration TICK = Duration.ofNanos(1000);

    private final Evidence evidence;
    private final TreeSet<Instant> candidates = new TreeSet<>();
    private final Set<String> collected = new HashSet<>();

    private Expiry(Evidence evidence) {
        this.evidence = evidence;
    }

    static @Nullable Instant of(Policy policy, Question question, Evidence evidence) {
        Expiry expiry = new Expiry(evidence);
        expiry.collect(policy, question);
        for (Instant later : expiry.candidates.tailSet(question.asOf(), false)) {
            if (!new Evaluation(evidence).judge(policy, question.at(later)).ready()) {
                return later;
            }
        }
        return null;
    }

    private void collect(Policy policy, Question question) {
        Freshness freshness = question.freshnessOf(policy);
        if (freshness != null && freshness.applies() != Applies.NEVER) {
            policy.requirements().forEach(each -> collect(each, policy, question, freshness));
        }
        for (Upstream link : policy.upstreams()) {
            Policy upstream = evidence.policy(link.policy());
            if (upstream != null && collected.add(link.policy())) {
                collect(upstream, question.ofUpstream());
            }
        }
    }

    private void collect(Requirement requirement, Policy policy, Question question, Freshness freshness) {
        LocalDate date = requirement
                .gameDate()
                .resolve(question.gameDate(), evidence.slates())
                .date();
        if (date == null) {
            return;
        }
        candidates.add(date.atStartOfDay(policy.zone()).toInstant());
        evidence.newest(requirement.cell(date), row -> requirement.accept().contains(row.status()))
                .ifPresent(row -> candidates.add(
                        row.completedAt().plus(freshness.maxAge()).plus(TICK)));
    }
}
