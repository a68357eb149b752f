package io.phaseledger.http;

import static java.time.ZoneOffset.UTC;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Instants as RFC 3339 text, to the microsecond.
 *
 * <p>They are read by hand: the parser of java.time allocates a map for each, and what it costs to compile it, or a
 * regular expression, is a tenth of what an import costs a service that has just started.
 */
final class Instants {

    private static final String TO_THE_SECOND = "0000-00-00T00:00:00";
    private static final String EAST = "+00:00";
    private static final String WEST = "-00:00";
    private static final int MOST_DECIMALS = 29;
    private static final int MICROS = 6;

    private static final Instant FIRST =
            LocalDate.ofYearDay(Dates.FIRST_YEAR, 1).atStartOfDay().toInstant(UTC);
    private static final Instant END =
            LocalDate.ofYearDay(Dates.LAST_YEAR + 1, 1).atStartOfDay().toInstant(UTC);

    private Instants() {}

    /** Reads an instant; 400 {@code invalid_instant}, 422 {@code zone_missing} or {@code out_of_range}. */
    static Instant parse(String text) {
        if (!Form.begins(text, TO_THE_SECOND)) {
            throw invalid(text);
        }
        int zone = afterFraction(text);
        var instant = instant(text, zone);
        if (zone == text.length()) {
            throw zoneMissing(text);
        }
        if (instant.isBefore(FIRST) || !instant.isBefore(END)) {
            throw Dates.outOfRange(text);
        }
        return instant;
    }

    /** Where the zone begins, if there is one. */
    private static int afterFraction(String text) {
        int at = TO_THE_SECOND.length();
        if (at == text.length() || text.charAt(at) != '.') {
            return at;
        }
        int end = at + 1;
        while (end < text.length() && Form.isDigit(text.charAt(end))) {
            end++;
        }
        int decimals = end - at - 1;
        if (decimals == 0 || decimals > MOST_DECIMALS) {
            throw invalid(text);
        }
        return end;
    }

    private static Instant instant(String text, int zone) {
        try {
            var time = LocalTime.of(
                    Dates.number(text, 11, 13),
                    Dates.number(text, 14, 16),
                    Dates.number(text, 17, 19),
                    nanos(text, TO_THE_SECOND.length() + 1, zone));
            return Dates.at(text).atTime(time).toInstant(offset(text, zone));
        } catch (DateTimeException e) {
            throw invalid(text);
        }
    }

    private static int nanos(String text, int from, int end) {
        int micros = 0;
        for (int i = from; i < from + MICROS; i++) {
            micros = 10 * micros + (i < end ? text.charAt(i) - '0' : 0);
        }
        return 1000 * micros;
    }

    private static ZoneOffset offset(String text, int zone) {
        String said = text.substring(zone);
        if (said.isEmpty() || said.equalsIgnoreCase("Z")) {
            return UTC;
        }
        if (Form.is(said, EAST) || Form.is(said, WEST)) {
            return ZoneOffset.of(said);
        }
        throw invalid(text);
    }

    private static Problem invalid(String text) {
        return Problem.malformed(FieldError.at(
                "", "invalid_instant", Quoted.of(text) + " is not an instant such as 2026-02-03T07:00:00Z"));
    }

    private static Problem zoneMissing(String text) {
        return Problem.refused(FieldError.at(
                "", "zone_missing", Quoted.of(text) + " has no zone; end it with Z or with an offset such as -05:00"));
    }
}
