package io.phaseledger.http;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lengths of time as people write them ({@code 6h}, {@code 1h30m}) and as ISO 8601 does ({@code PT6H}). */
public final class Durations {

    /** The longest duration taken: ten years. */
    public static final Duration LONGEST = Duration.ofDays(36_525);

    /** Days, and what ISO 8601 writes behind a T. */
    private static final Pattern PLAIN =
            Pattern.compile("(-?)(?=\\d)((?:\\d{1,9}d)?)((?:\\d{1,9}h)?(?:\\d{1,9}m)?(?:\\d{1,9}(?:\\.\\d{1,9})?s)?)");

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
        try {
            return Optional.of(Duration.parse(iso(text)))
                    .filter(it -> it.isNegative() || !SIGN.matcher(text).find());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String iso(String text) {
        var plain = PLAIN.matcher(text);
        if (!plain.matches()) {
            return text;
        }
        var time = plain.group(3);
        return plain.group(1) + "P" + plain.group(2) + (time.isEmpty() ? "" : "T" + time);
    }

    /** The exact number of seconds, to the microsecond, without trailing zeros and never with an exponent. */
    public static BigDecimal seconds(Duration duration) {
        var micros = BigDecimal.valueOf(duration.getNano() / NANOS_PER_MICRO, MICROS_SCALE);
        var exact = BigDecimal.valueOf(duration.getSeconds()).add(micros).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }
}
