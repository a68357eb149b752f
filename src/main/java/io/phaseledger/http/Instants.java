package io.phaseledger.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Instants as RFC 3339 text, to the microsecond.
 *
 * <p>They are put together by hand: the parser of java.time allocates a map for each, and what it costs to compile is a
 * tenth of what an import costs a service that has just started.
 */
final class Instants {

    private static final Pattern RFC_3339 = Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(?:\\.(\\d{1,6})\\d{0,23})?([Zz]|[+-]\\d{2}:\\d{2})?");
    private static final int MICROS = 1;
    private static final int ZONE = 2;

    private Instants() {}

    /** Reads an instant; 400 {@code invalid_instant}, 422 {@code zone_missing} or {@code out_of_range}. */
    static Instant parse(String text) {
        var parts = RFC_3339.matcher(text);
        if (!parts.matches()) {
            throw invalid(text);
        }
        var instant = instant(text, parts);
        if (parts.group(ZONE) == null) {
            throw zoneMissing(text);
        }
        Dates.requireYear(instant.atOffset(ZoneOffset.UTC).getYear(), text);
        return instant;
    }

    private static Instant instant(String text, Matcher parts) {
        try {
            var time = LocalTime.of(
                    Dates.number(text, 11, 13),
                    Dates.number(text, 14, 16),
                    Dates.number(text, 17, 19),
                    nanos(parts.group(MICROS)));
            return Dates.at(text).atTime(time).toInstant(offset(parts.group(ZONE)));
        } catch (DateTimeException e) {
            throw invalid(text);
        }
    }

    private static int nanos(@Nullable String micros) {
        return micros == null ? 0 : 1000 * Integer.parseInt((micros + "00000").substring(0, 6));
    }

    private static ZoneOffset offset(@Nullable String zone) {
        return zone == null || zone.equalsIgnoreCase("Z") ? ZoneOffset.UTC : ZoneOffset.of(zone);
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
