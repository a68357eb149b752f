package io.phaseledger.http;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;

/** Calendar dates as text: {@code 2026-02-03}, a date that exists, and nothing relative. */
public final class Dates {

    /** The years that a date or an instant may lie in: a slip of the finger must not move the end of the feed. */
    static final int FIRST_YEAR = 1970;

    static final int LAST_YEAR = 2199;

    private static final Set<String> RELATIVE = Set.of("TODAY", "YESTERDAY", "TOMORROW", "AUTO");

    private Dates() {}

    /** Reads a date; 400 {@code invalid_date}, 422 {@code relative_date} or {@code out_of_range}. */
    static LocalDate parse(String text) {
        var date = date(text);
        if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR) {
            throw outOfRange(text);
        }
        return date;
    }

    /** The same of a parameter that may be something else than a date. */
    public static LocalDate parse(String parameter, String text) {
        try {
            return parse(text);
        } catch (Problem e) {
            throw e.inParameter(parameter);
        }
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw RELATIVE.contains(text.toUpperCase(Locale.ROOT)) ? relative(text) : invalid(text);
        }
    }

    private static Problem relative(String text) {
        return Problem.refused(FieldError.at(
                "",
                "relative_date",
                Quoted.of(text) + " means another date tomorrow; say which date, such as 2026-02-03"));
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
