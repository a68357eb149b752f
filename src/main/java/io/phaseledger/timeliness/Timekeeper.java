package io.phaseledger.timeliness;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.phaseledger.policy.SlateBook;
import io.phaseledger.readiness.Due;
import io.phaseledger.readiness.Expectation;
import io.phaseledger.readiness.Expected;
import io.phaseledger.readiness.Landing;
import io.phaseledger.readiness.State;
import io.phaseledger.readiness.Timeliness;
import io.phaseledger.readiness.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says of verdicts whether they came in time, and when they are to be expected.
 *
 * <p>Before it is due, the clock and the verdict tell. What is needed of the past is remembered; what is not is read for all
 * verdicts at once.
 */
@ApplicationScoped
public class Timekeeper {

    /** How long after a date has begun it is still expected. */
    private static final Duration LIVE = Duration.ofDays(3);

    /** Policies and dates of which it is remembered when they are expected. */
    private static final int REMEMBERED = 1_000;

    private final Landings landings;
    private final SlateBook slates;
    private final Cache<Wanted, Kept> remembered = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    Timekeeper(Landings landings, SlateBook slates) {
        this.landings = landings;
        this.slates = slates;
    }

    /**
     * Says it of each, in their order.
     *
     * @param verdicts as of the vantage, live, by nothing but the policy
     */
    public List<Timed> timed(List<Verdict> verdicts, Vantage vantage, Connection connection) throws SQLException {
        List<Case> cases = cases(verdicts, vantage);
        Map<Wanted, Landing> found = found(cases, Case::isPastDue, vantage, connection);
        return cases.stream().map(each -> each.timed(found)).toList();
    }

    /**
     * When each landed, in their order, whether it is due or not.
     *
     * @param verdicts as for {@link #timed}
     */
    public List<Landed> landed(List<Verdict> verdicts, Vantage vantage, Connection connection) throws SQLException {
        List<Case> cases = cases(verdicts, vantage);
        Map<Wanted, Landing> found = found(cases, each -> true, vantage, connection);
        return cases.stream().map(each -> each.landed(found)).toList();
    }

    private List<Case> cases(List<Verdict> verdicts, Vantage vantage) {
        return verdicts.stream().map(verdict -> new Case(verdict, vantage)).toList();
    }

    /** The landings of some of the cases, and those by which any of them is expected. */
    private Map<Wanted, Landing> found(
            List<Case> cases, Predicate<Case> isOwnNeeded, Vantage vantage, Connection connection) throws SQLException {
        Set<Wanted> wanted = new LinkedHashSet<>();
        for (Case each : cases) {
            if (isOwnNeeded.test(each)) {
                wanted.add(each.wanted());
            }
            if (each.isExpected()) {
                each.past = past(each, vantage, connection);
                wanted.addAll(each.past.values());
            }
        }
        return wanted.isEmpty() ? Map.of() : landings.of(wanted, vantage, connection);
    }

    /** The dates by which it is expected; none when that is remembered. */
    private Map<LocalDate, Wanted> past(Case of, Vantage vantage, Connection connection) throws SQLException {
        Kept kept = remembered.getIfPresent(of.begun());
        if (kept != null && kept.holds(vantage)) {
            of.expectation = kept.expectation;
            return Map.of();
        }
        Map<LocalDate, Wanted> past = new LinkedHashMap<>();
        slates.upTo(vantage.position(), vantage.end().slatePosition(), connection)
                .lastWithWork(of.date, Expectation.DATES, of.beginning)
                .forEach(date -> past.put(date, of.wanted(date)));
        return past;
    }

    /** One verdict, of which is said what is said. */
    private final class Case {

        private final Verdict verdict;
        private final Vantage vantage;
        private final @Nullable String policy;
        private final LocalDate date;
        private final Instant asOf;
        private final Instant beginning;
        private final @Nullable Due due;
        private Map<LocalDate, Wanted> past = Map.of();
        private @Nullable Expectation expectation;

        Case(Verdict verdict, Vantage vantage) {
            this.verdict = verdict;
            this.vantage = vantage;
            this.policy = verdict.policy().name();
            this.date = verdict.question().gameDate();
            this.asOf = verdict.question().asOf();
            this.beginning = date.atStartOfDay(verdict.policy().zone()).toInstant();
            this.due = due(date);
        }

        private @Nullable Due due(LocalDate of) {
            return policy == null || !vantage.book().hasDeadline(policy)
                    ? null
                    : Due.of(vantage.book().dated(policy, vantage.asOf(), vantage.position()), of);
        }

        boolean isPastDue() {
            return due != null && !asOf.isBefore(due.at());
        }

        boolean isExpected() {
            return policy != null
                    && verdict.state() == State.NOT_READY
                    && !asOf.isBefore(beginning)
                    && asOf.isBefore(beginning.plus(LIVE));
        }

        Wanted wanted() {
            return wanted(date);
        }

        /** What is not due yet lands all the same. */
        Wanted wanted(LocalDate of) {
            Due by = of.equals(date) ? due : due(of);
            Instant passed = by != null && !by.at().isAfter(asOf) ? by.at() : null;
            return new Wanted(Objects.requireNonNull(policy), of, passed);
        }

        /** By which its expectation is remembered: it is by what was known when the date began. */
        Wanted begun() {
            return new Wanted(Objects.requireNonNull(policy), date, beginning);
        }

        Timed timed(Map<Wanted, Landing> found) {
            Expected expected = isExpected() ? expectation(found).expected(verdict) : null;
            if (due == null) {
                return new Timed(null, expected, null);
            }
            if (!isPastDue()) {
                return new Timed(Timeliness.before(due, verdict, expected), expected, due.nextTurn(asOf));
            }
            Landing landing = Objects.requireNonNull(found.get(wanted()));
            return new Timed(Timeliness.after(due.at(), asOf, landing), expected, null);
        }

        Landed landed(Map<Wanted, Landing> found) {
            Instant landedAt = Objects.requireNonNull(found.get(wanted())).landedAt();
            return new Landed(
                    date, timed(found).timeliness(), landedAt == null || landedAt.isAfter(asOf) ? null : landedAt);
        }

        private Expectation expectation(Map<Wanted, Landing> found) {
            if (expectation != null) {
                return expectation;
            }
            Map<LocalDate, Landing> landed = new HashMap<>();
            past.forEach((on, wanted) -> landed.put(on, Objects.requireNonNull(found.get(wanted))));
            Expectation made = Expectation.of(landed, verdict.policy().zone(), beginning);
            if (vantage.isAtEnd()) {
                remembered.put(
                        begun(),
                        new Kept(
                                made,
                                vantage.position(),
                                !vantage.end().learnedAt().isBefore(beginning)));
            }
            return made;
        }
    }

    /**
     * What is expected of a date.
     *
     * @param position up to where it was found out
     * @param isSettled whether only what is said afterwards changes it
     */
    private record Kept(Expectation expectation, long position, boolean isSettled) {

        boolean holds(Vantage vantage) {
            return vantage.position() >= position
                    && !vantage.hasDatedSince(position)
                    && (isSettled || vantage.end().position() == position);
        }
    }
}
