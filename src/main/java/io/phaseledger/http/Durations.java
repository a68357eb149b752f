package io.phaseledger.http;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lengths of time as people write them ({@code 6h}, {@code 1h30m}) and as ISO 8601 does ({@code PT6H}). */
public final class Durations {

    /** The longest duration taken: ten years. */
    public static final Duration LONGEST = Duration.ofDays(36_525);

    /** No duration that is taken needs more characters, with room for leading zeros. */
    private static final int MOST_CHARACTERS = 64;

    private static final Pattern PLAIN = Pattern.compile(
            "(?<sign>-)?(?=\\d)(?:(?<d>\\d{1,9})d)?(?:(?<h>\\d{1,9})h)?(?:(?<m>\\d{1,9})m)?(?:(?<s>\\d{1,9}(?:\\.\\d{1,9})?)s)?");

    /** Java takes parts with signs of their own, such as {@code PT6H-30M}; ISO 8601 knows none. */
    private static final Pattern SIGN = Pattern.compile("[+-]");

    private static final int MICROS_SCALE = 6;
    private static final int NANOS_PER_MICRO = 1000;

    private Durations() {}

    /**
     * Reads a duration, truncated to microseconds.
     *
     * @throws Problem 400 {@code invalid_duration}, or 422 {@code out_of_range} when negative or over {@link #LONGEST}
     */
    public static Duration parse(String text) {
        var duration = read(text)
                .orElseThrow(() -> Problem.malformed(FieldError.at(
                        "",
                        "invalid_duration",
                        Quoted.of(text) + " is not a duration such as 6h, 90m, 1h30m or PT6H")));
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw Problem.refused(FieldError.at(
                    "", "out_of_range", Quoted.of(text) + " is not between 0 and " + LONGEST.toDays() + " days"));
        }
        return duration.truncatedTo(ChronoUnit.MICROS);
    }

    private static Optional<Duration> read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        var plain = PLAIN.matcher(text);
        return plain.matches() ? Optional.of(sum(plain)) : iso(text);
    }

    private static Duration sum(Matcher plain) {
        var sum = Duration.ofDays(whole(plain.group("d")))
                .plusHours(whole(plain.group("h")))
                .plusMinutes(whole(plain.group("m")))
                .plus(plain.group("s") == null ? Duration.ZERO : Duration.parse("PT" + plain.group("s") + "S"));
        return plain.group("sign") == null ? sum : sum.negated();
    }

    private static long whole(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static Optional<Duration> iso(String text) {
        try {
            return Optional.of(Duration.parse(text))
                    .filter(it -> it.isNegative() || !SIGN.matcher(text).find());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The exact number of seconds, to the microsecond, without trailing zeros and never with an exponent. */
    public static BigDecimal seconds(Duration duration) {
        var micros = BigDecimal.valueOf(duration.getNano() / NANOS_PER_MICRO, MICROS_SCALE);
        var exact = BigDecimal.valueOf(duration.getSeconds()).add(micros).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }
}
