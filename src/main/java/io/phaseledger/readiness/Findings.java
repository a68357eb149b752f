package io.phaseledger.readiness;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reasons and warnings about one requirement and its target date, each with its numbers and a sentence. */
final class Findings {

    /** Enough digits to tell a share apart from its bound; the comparison itself is exact. */
    private static final MathContext SHARE = new MathContext(6, RoundingMode.DOWN);

    private final Requirement requirement;
    private final LocalDate date;

    Findings(Requirement requirement, LocalDate date) {
        this.requirement = requirement;
        this.date = date;
    }

    static Reason noTargetDate(Requirement requirement, LocalDate verdictDate) {
        return new Reason(
                Code.SLATE_UNKNOWN,
                null,
                requirement.phase(),
                requirement.processorName(),
                null,
                numbers("game_date", "previous_slate"),
                null,
                null,
                "no date before " + verdictDate + " is known to have had work, so which date "
                        + requirement.processorName() + " must have completed is unknown");
    }

    Reason passedUnknownDates(long unknown) {
        return say(
                Code.SLATE_UNKNOWN,
                null,
                numbers("unknown_dates", unknown),
                null,
                "the previous date known to have had work is " + date + "; the slate of " + unknown
                        + " later date(s) is unknown");
    }

    Reason noWork() {
        return say(Code.NO_WORK, null, numbers("units", 0), null, date + " has no work to do");
    }

    Reason noAcceptedRow(@Nullable Completion newest, long bound) {
        Map<String, Object> required =
                bound > 0 ? numbers("min_records", bound) : numbers("accept", names(requirement.accept()));
        if (newest == null) {
            return say(Code.MISSING, required, null, null, name() + " has not completed for " + date);
        }
        return say(
                Code.ofUnaccepted(newest.status()),
                numbers("accept", names(requirement.accept())),
                reported(newest),
                null,
                name() + " reported " + word(newest.status()) + " for " + date + " at " + newest.completedAt()
                        + " and nothing acceptable before");
    }

    Reason since(Completion newer, Completion deciding) {
        return say(
                Code.since(newer.status()),
                null,
                reported(newer),
                null,
                name() + " reported " + word(newer.status()) + " at " + newer.completedAt() + ", after its "
                        + word(deciding.status()) + " of " + deciding.completedAt() + ", which still decides");
    }

    Reason clockSkew(Completion deciding, Instant asOf) {
        Duration ahead = Duration.between(asOf, deciding.completedAt());
        return say(
                Code.CLOCK_SKEW,
                null,
                numbers("completed_at", deciding.completedAt(), "ahead_seconds", Numbers.seconds(ahead)),
                null,
                name() + " was completed after " + asOf + ", so its age counts as zero");
    }

    Reason perUnitNotApplied() {
        return say(
                Code.SLATE_UNKNOWN,
                numbers("min_records_per_unit", requirement.minRecordsPerUnit()),
                null,
                null,
                "the slate of " + date + " is unknown, so the bound per unit is not applied");
    }

    Reason recordCountUnknown(Map<String, Object> required) {
        return say(
                Code.RECORD_COUNT_UNKNOWN,
                required,
                null,
                null,
                "no full run of " + name() + " says how many records " + date + " has");
    }

    Reason tooFew(long count, long bound) {
        return say(
                Code.TOO_FEW_RECORDS,
                numbers("min_records", bound),
                numbers("record_count", count),
                numbers("record_count", bound - count),
                name() + " has " + count + " of at least " + bound + " records for " + date);
    }

    Reason expectedCountUnknown(BigDecimal least, long count) {
        return say(
                Code.EXPECTED_COUNT_UNKNOWN,
                numbers("min_coverage", least),
                numbers("record_count", count),
                null,
                name() + " did not say of how many its " + count + " records for " + date + " are");
    }

    Reason coverageTooLow(BigDecimal least, long count, long expected) {
        BigDecimal share = BigDecimal.valueOf(count).divide(BigDecimal.valueOf(expected), SHARE);
        long needed = least.multiply(BigDecimal.valueOf(expected))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
        return say(
                Code.COVERAGE_TOO_LOW,
                numbers("min_coverage", least),
                numbers("coverage", share, "record_count", count, "expected_count", expected),
                numbers("record_count", needed - count),
                name() + " has " + count + " of " + expected + " records for " + date + "; " + needed
                        + " are required");
    }

    Reason stale(Completion deciding, Duration age, Duration maxAge) {
        return say(
                Code.STALE,
                numbers("max_age_seconds", Numbers.seconds(maxAge)),
                numbers("age_seconds", Numbers.seconds(age), "completed_at", deciding.completedAt()),
                numbers("age_seconds", Numbers.seconds(age.minus(maxAge))),
                name() + " for " + date + " is " + age + " old; at most " + maxAge + " is fresh");
    }

    Reason upstreamNewer(String policy, Completion newer, Completion deciding) {
        Duration behind = Duration.between(deciding.completedAt(), newer.completedAt());
        return new Reason(
                Code.UPSTREAM_NEWER,
                policy,
                requirement.phase(),
                name(),
                date,
                numbers(
                        "completed_at",
                        newer.completedAt(),
                        "processor_name",
                        newer.cell().processorName()),
                numbers("completed_at", deciding.completedAt()),
                numbers("seconds", Numbers.seconds(behind)),
                newer.cell().processorName() + " of " + policy + " completed after " + name()
                        + ", which therefore worked from older input");
    }

    static Reason optionalUnmet(Judgement unmet, Reason why) {
        return new Reason(
                Code.OPTIONAL_UNMET,
                null,
                unmet.requirement().phase(),
                unmet.requirement().processorName(),
                unmet.gameDate(),
                why.required(),
                why.observed(),
                why.gap(),
                "optional: " + why.message());
    }

    private Reason say(
            Code code,
            @Nullable Map<String, Object> required,
            @Nullable Map<String, Object> observed,
            @Nullable Map<String, Object> gap,
            String message) {
        return new Reason(code, null, requirement.phase(), name(), date, required, observed, gap, message);
    }

    private String name() {
        return requirement.processorName();
    }

    private static Map<String, Object> reported(Completion row) {
        return numbers("status", row.status(), "completed_at", row.completedAt(), "record_count", row.recordCount());
    }

    private static Object names(Iterable<Status> statuses) {
        var words = new java.util.TreeSet<String>();
        statuses.forEach(status -> words.add(word(status)));
        return words;
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /** Names and values in turn; an unknown value is left out. */
    static Map<String, Object> numbers(@Nullable Object... namesAndValues) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                numbers.put(String.valueOf(namesAndValues[i]), value);
            }
        }
        return Collections.unmodifiableMap(numbers);
    }
}
