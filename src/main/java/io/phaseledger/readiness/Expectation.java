package io.phaseledger.readiness;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a policy is usually ready, by the clock of its zone, as it was on the last dates with work.
 *
 * <p>What has arrived already is taken into account: only the requirements that are not met count, of each earlier date the
 * last of them to be met; and an earlier date on which they had been met by this time of day says nothing any more.
 */
public final class Expectation {

    /** The dates with work that it is read off. */
    public static final int DATES = 30;

    /** With fewer there is none. */
    static final int LEAST = 10;

    private static final double MEDIAN = 0.5;
    private static final double MOST = 0.95;

    private final List<Sample> samples;

    private Expectation(List<Sample> samples) {
        this.samples = samples;
    }

    /**
     * By what had landed when it began to matter.
     *
     * @param landings by date
     * @param knownBy later ones are left out
     */
    public static Expectation of(Map<LocalDate, Landing> landings, ZoneId zone, Instant knownBy) {
        List<Sample> samples = new ArrayList<>();
        landings.forEach((date, landing) -> {
            Instant landedAt = landing.landedAt();
            if (landing.hasWork() && landedAt != null && !landedAt.isAfter(knownBy)) {
                Map<Landing.Job, Duration> metAfter = new HashMap<>();
                landing.metAt().forEach((job, at) -> metAfter.put(job, sinceMidnight(date, at, zone)));
                samples.add(new Sample(sinceMidnight(date, landedAt, zone), metAfter));
            }
        });
        return new Expectation(samples);
    }

    /** By the clock on the wall, from the midnight with which a date begins: 30 hours are 06:00 of the next day. */
    public static Duration sinceMidnight(LocalDate date, Instant at, ZoneId zone) {
        return Duration.between(date.atStartOfDay(), LocalDateTime.ofInstant(at, zone));
    }

    /** When a verdict that is not ready will be; null when too little is known, or it is later than ever before. */
    public @Nullable Expected expected(Verdict verdict) {
        if (samples.size() < LEAST) {
            return null;
        }
        LocalDate date = verdict.question().gameDate();
        ZoneId zone = verdict.policy().zone();
        Duration now = sinceMidnight(date, verdict.question().asOf(), zone);
        Set<Landing.Job> awaited = awaited(verdict);
        List<Duration> left = samples.stream()
                .map(sample -> sample.lands(awaited))
                .filter(offset -> offset.compareTo(now) > 0)
                .sorted()
                .toList();
        return left.isEmpty()
                ? null
                : new Expected(at(date, percentile(left, MEDIAN), zone), at(date, percentile(left, MOST), zone));
    }

    private static Instant at(LocalDate date, Duration sinceMidnight, ZoneId zone) {
        return date.atStartOfDay().plus(sinceMidnight).atZone(zone).toInstant();
    }

    /** The one at a share of those that rise, by the nearest rank. */
    private static Duration percentile(List<Duration> rising, double share) {
        return rising.get((int) Math.ceil(share * rising.size()) - 1);
    }

    public static Optional<Duration> median(List<Duration> any) {
        return rank(any, MEDIAN);
    }

    /** What nineteen of twenty do not exceed. */
    public static Optional<Duration> p95(List<Duration> any) {
        return rank(any, MOST);
    }

    private static Optional<Duration> rank(List<Duration> any, double share) {
        return any.isEmpty()
                ? Optional.empty()
                : Optional.of(percentile(any.stream().sorted().toList(), share));
    }

    /** The requirements without which it stays not ready; none when it waits for something else too. */
    private static Set<Landing.Job> awaited(Verdict verdict) {
        boolean waitsForMore = verdict.reasons().stream().anyMatch(reason -> reason.processorName() == null);
        return waitsForMore
                ? Set.of()
                : verdict.judgements().stream()
                        .filter(Judgement::isUnmetAndRequired)
                        .map(each -> Landing.Job.of(each.requirement()))
                        .collect(Collectors.toSet());
    }

    /**
     * What an earlier date was like.
     *
     * @param landed when the policy became ready
     * @param met when each requirement was met
     */
    private record Sample(Duration landed, Map<Landing.Job, Duration> met) {

        /** When it would have been ready, had all been there but these; as it was when one of them is not known. */
        Duration lands(Set<Landing.Job> awaited) {
            if (awaited.isEmpty() || !met.keySet().containsAll(awaited)) {
                return landed;
            }
            return awaited.stream()
                    .flatMap(job -> Stream.ofNullable(met.get(job)))
                    .max(Comparator.naturalOrder())
                    .orElse(landed);
        }
    }
}
