package io.phaseledger.http;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;

/** Calendar dates as text: {@code 2026-02-03}, a date that exists, and nothing relative. */
final class Dates {

    /** The years that a date or an instant may lie in: a slip of the finger must not move the end of the feed. */
    static final int FIRST_YEAR = 1970;

    static final int LAST_YEAR = 2199;

    private static final String ISO = "0000-00-00";
    private static final Set<String> RELATIVE = Set.of("TODAY", "YESTERDAY", "TOMORROW", "AUTO");

    private Dates() {}

    /** Reads a date; 400 {@code invalid_date}, 422 {@code relative_date} or {@code out_of_range}. */
    static LocalDate parse(String text) {
        if (!Form.is(text, ISO)) {
            throw noDate(text);
        }
        var date = calendarDate(text);
        if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR) {
            throw outOfRange(text);
        }
        return date;
    }

    private static Problem noDate(String text) {
        if (!RELATIVE.contains(text.toUpperCase(Locale.ROOT))) {
            return invalid(text);
        }
        return Problem.refused(FieldError.at(
                "",
                "relative_date",
                Quoted.of(text) + " means another date tomorrow; say which date, such as 2026-02-03"));
    }

    private static LocalDate calendarDate(String text) {
        try {
            return at(text);
        } catch (DateTimeException e) {
            throw invalid(text);
        }
    }

    /**
     * The date with which a text begins whose form is known; not by the parser of java.time, which costs ten times as much.
     *
     * @throws DateTimeException when there is none, as on a 30th of February
     */
    static LocalDate at(String text) {
        return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    }

    /** What the digits from one place of a text up to another say. */
    static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static Problem invalid(String text) {
        return Problem.malformed(
                FieldError.at("", "invalid_date", Quoted.of(text) + " is not a calendar date such as 2026-02-03"));
    }

    static Problem outOfRange(String text) {
        return Problem.refused(FieldError.at(
                "", "out_of_range", Quoted.of(text) + " is not in the years " + FIRST_YEAR + " to " + LAST_YEAR));
    }
}
