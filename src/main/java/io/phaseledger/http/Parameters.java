package io.phaseledger.http;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads query and path parameters, with the codes and statuses that the same text has in a body. */
public final class Parameters {

    /** A plus sign in a query string arrives as a space; before an offset at the end nothing else can be meant. */
    private static final Pattern PLUS_AS_SPACE = Pattern.compile(" (?=\\d{2}:\\d{2}$)");

    private static final Pattern POSITION = Pattern.compile("\\d+");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d+");

    private Parameters() {}

    /** An RFC 3339 instant with a zone, truncated to microseconds. */
    public static Instant instant(String name, String value) {
        return named(name, () -> Instants.parse(PLUS_AS_SPACE.matcher(value).replaceFirst("+")));
    }

    /** The id that it is; empty for what is none, so that nothing has it. */
    public static Optional<UUID> id(String value) {
        try {
            return Optional.of(UUID.fromString(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A calendar date; the relative words are refused. */
    public static LocalDate date(String name, String value) {
        return named(name, () -> Dates.parse(value));
    }

    /** One end of a range of dates that must have both. */
    public static LocalDate endOfDates(String name, @Nullable String value) {
        if (value == null) {
            throw Problem.refused(FieldError.parameter(name, "required", "a range of dates needs both ends"));
        }
        return date(name, value);
    }

    /** A duration of 0 to {@link Durations#LONGEST}. */
    public static Duration duration(String name, String value) {
        return named(name, () -> Durations.parse(value));
    }

    /**
     * A position in the ledger, 0 or more; anything else is 400 {@code invalid_position}, and what no ledger will ever
     * reach 422 {@code out_of_range}.
     */
    public static long position(String name, String value) {
        if (!POSITION.matcher(value).matches()) {
            throw Problem.malformed(FieldError.parameter(
                    name, "invalid_position", Quoted.of(value) + " is not a position: a whole number, 0 or more"));
        }
        return within(name, value, 0, Long.MAX_VALUE);
    }

    /** A whole number; 400 {@code invalid_integer} if it is none, 422 {@code out_of_range} outside {@code min..max}. */
    public static int integer(String name, String value, int min, int max) {
        if (!WHOLE_NUMBER.matcher(value).matches()) {
            throw Problem.malformed(
                    FieldError.parameter(name, "invalid_integer", Quoted.of(value) + " is not a whole number"));
        }
        return (int) within(name, value, min, max);
    }

    private static long within(String name, String digits, long min, long max) {
        var number = new BigInteger(digits);
        if (number.compareTo(BigInteger.valueOf(min)) < 0 || number.compareTo(BigInteger.valueOf(max)) > 0) {
            throw Problem.refused(FieldError.parameter(
                    name, "out_of_range", Quoted.of(digits) + " is not between " + min + " and " + max));
        }
        return number.longValueExact();
    }

    /** One of our alternatives by its name in snake_case; 422 {@code unknown_value} lists them. */
    public static <E extends Enum<E>> E oneOf(String name, String value, Class<E> type) {
        return named(name, () -> EnumNames.parse(value, type));
    }

    /** {@code true} or {@code false}; anything else is 400 {@code invalid_boolean}. */
    public static boolean bool(String name, String value) {
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw Problem.malformed(
                FieldError.parameter(name, "invalid_boolean", Quoted.of(value) + " is neither true nor false"));
    }

    private static <T> T named(String name, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (Problem e) {
            throw e.about(e.errors().stream()
                    .map(error -> FieldError.parameter(name, error.code(), error.detail()))
                    .toList());
        }
    }
}
