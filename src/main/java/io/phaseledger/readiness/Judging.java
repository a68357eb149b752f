package io.phaseledger.readiness;

import static io.phaseledger.readiness.Findings.numbers;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps from a requirement to its {@link Judgement}: which date, which row, and why it is not met. */
final class Judging {

    private final Requirement requirement;
    private final Question question;
    private final Evidence evidence;
    private final @Nullable Freshness freshness;
    private final LocalDate today;
    private final List<UpstreamVerdict> upstreams;
    private final List<Reason> warnings = new ArrayList<>();

    Judging(
            Requirement requirement,
            Policy policy,
            Question question,
            Evidence evidence,
            List<UpstreamVerdict> upstreams) {
        this.requirement = requirement;
        this.question = question;
        this.evidence = evidence;
        this.freshness = question.freshnessOf(policy);
        this.today = policy.dateAt(question.asOf());
        this.upstreams = upstreams;
    }

    Judgement judge() {
        TargetDate.Resolved target = requirement.gameDate().resolve(question.gameDate(), evidence.slates());
        LocalDate date = target.date();
        if (date == null) {
            return judgement(null, null, null, Findings.noTargetDate(requirement, question.gameDate()));
        }
        Findings findings = new Findings(requirement, date);
        if (target.unknownPassed() > 0) {
            warnings.add(findings.passedUnknownDates(target.unknownPassed()));
        }
        if (evidence.slates().hasNoWork(date)) {
            warnings.add(findings.noWork());
            return judgement(date, null, null, null);
        }
        return judgeRows(date, findings);
    }

    private Judgement judgeRows(LocalDate date, Findings findings) {
        EvidenceKey cell = requirement.cell(date);
        Completion deciding = evidence.newest(cell, this::isAccepted).orElse(null);
        Completion counted = evidence.newest(cell, row -> isAccepted(row) && !row.incremental())
                .orElse(null);
        if (deciding == null) {
            Optional<Completion> newest = evidence.newest(cell, row -> true);
            return judgement(date, null, null, findings.noAcceptedRow(newest.orElse(null), bound(date)));
        }
        warnAboutNewer(cell, deciding, findings);
        Reason reason = firstWrong(date, deciding, counted, findings);
        return judgement(date, deciding, counted, reason);
    }

    private boolean isAccepted(Completion row) {
        return requirement.accept().contains(row.status());
    }

    private long bound(LocalDate date) {
        return requirement.recordsBound(evidence.slates().units(date));
    }

    private void warnAboutNewer(EvidenceKey cell, Completion deciding, Findings findings) {
        for (Status status : Status.values()) {
            if (!requirement.accept().contains(status)) {
                evidence.newest(cell, row -> row.status() == status)
                        .filter(row -> row.isNewerThan(deciding))
                        .ifPresent(row -> warnings.add(findings.since(row, deciding)));
            }
        }
        if (deciding.completedAt().isAfter(question.asOf())) {
            warnings.add(findings.clockSkew(deciding, question.asOf()));
        }
    }

    private @Nullable Reason firstWrong(
            LocalDate date, Completion deciding, @Nullable Completion counted, Findings findings) {
        Reason order = order(deciding, findings);
        Reason counts = deciding.status().isExemptFromCounts() ? null : counts(date, counted, findings);
        if (counts != null) {
            return counts;
        }
        Reason stale = stale(date, deciding, findings);
        return stale == null ? order : stale;
    }

    private @Nullable Reason counts(LocalDate date, @Nullable Completion counted, Findings findings) {
        if (requirement.asksPerUnit() && evidence.slates().units(date).isEmpty()) {
            warnings.add(findings.perUnitNotApplied());
        }
        Reason tooFew = tooFew(bound(date), counted, findings);
        return tooFew == null ? coverage(counted, findings) : tooFew;
    }

    private static @Nullable Reason tooFew(long bound, @Nullable Completion counted, Findings findings) {
        if (bound == 0) {
            return null;
        }
        Long count = counted == null ? null : counted.recordCount();
        if (count == null) {
            return findings.recordCountUnknown(numbers("min_records", bound));
        }
        return count < bound ? findings.tooFew(count, bound) : null;
    }

    private @Nullable Reason coverage(@Nullable Completion counted, Findings findings) {
        BigDecimal least = requirement.minCoverage();
        if (least == null || least.signum() == 0) {
            return null;
        }
        if (counted == null) {
            return findings.recordCountUnknown(numbers("min_coverage", least));
        }
        return coverage(least, counted.recordCount(), counted.expectedCount(), findings);
    }

    private static @Nullable Reason coverage(
            BigDecimal least, @Nullable Long count, @Nullable Long expected, Findings findings) {
        if (expected != null && expected == 0) {
            return null;
        }
        if (count == null) {
            return findings.recordCountUnknown(numbers("min_coverage", least));
        }
        if (expected == null) {
            return findings.expectedCountUnknown(least, count);
        }
        BigDecimal needed = least.multiply(BigDecimal.valueOf(expected));
        return BigDecimal.valueOf(count).compareTo(needed) < 0 ? findings.coverageTooLow(least, count, expected) : null;
    }

    private @Nullable Reason stale(LocalDate date, Completion deciding, Findings findings) {
        if (freshness == null || !freshness.applies().to(date, today)) {
            return null;
        }
        Duration age = deciding.age(question.asOf());
        return age.compareTo(freshness.maxAge()) > 0 ? findings.stale(deciding, age, freshness.maxAge()) : null;
    }

    /** Warns of each upstream that is newer than the deciding row, or returns the first whose order is required. */
    private @Nullable Reason order(Completion deciding, Findings findings) {
        Reason first = null;
        for (UpstreamVerdict upstream : upstreams) {
            Completion newest = upstream.newestDeciding().orElse(null);
            if (newest == null || !newest.completedAt().isAfter(deciding.completedAt())) {
                continue;
            }
            Reason newer = findings.upstreamNewer(upstream.name(), newest, deciding);
            if (upstream.link().order() == Severity.WARN) {
                warnings.add(newer);
            } else if (first == null) {
                first = newer;
            }
        }
        return first;
    }

    private Judgement judgement(
            @Nullable LocalDate date,
            @Nullable Completion deciding,
            @Nullable Completion counted,
            @Nullable Reason reason) {
        long bound = date == null ? 0 : bound(date);
        boolean applies =
                date != null && freshness != null && freshness.applies().to(date, today);
        return new Judgement(
                requirement,
                date,
                reason == null,
                deciding,
                counted,
                bound == 0 ? null : bound,
                freshness == null ? null : freshness.maxAge(),
                applies,
                reason,
                List.copyOf(warnings));
    }
}
