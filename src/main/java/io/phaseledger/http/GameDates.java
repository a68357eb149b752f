package io.phaseledger.http;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiFunction;

/** A range of game dates, both ends included. */
public final class GameDates {

    /** Days that one question may span: a season and its summer. */
    private static final int MAX_DATES = 400;

    private GameDates() {}

    /**
     * The dates from the first to the last.
     *
     * @throws Problem as {@link #check}
     */
    public static List<LocalDate> between(LocalDate from, LocalDate to, BiFunction<String, String, FieldError> error) {
        check(from, to, error);
        return from.datesUntil(to.plusDays(1)).toList();
    }

    /**
     * Checks that they are a range that one question may span.
     *
     * @param error makes the error of what is wrong, from its code and detail
     * @throws Problem 422 when they are the wrong way round or too far apart
     */
    public static void check(LocalDate from, LocalDate to, BiFunction<String, String, FieldError> error) {
        long days = ChronoUnit.DAYS.between(from, to) + 1;
        if (days < 1) {
            throw Problem.refused(error.apply("out_of_range", "must not be before " + from));
        }
        if (days > MAX_DATES) {
            throw Problem.refused(
                    error.apply("too_many_dates", days + " dates are asked about; at most " + MAX_DATES + " may be"));
        }
    }
}
