package io.phaseledger.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Instants as RFC 3339 text, to the microsecond. */
final class Instants {

    private static final Pattern RFC_3339 = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2})(?:(\\.\\d{1,9})\\d{0,20})?([Zz]|[+-]\\d{2}:\\d{2})?");
    private static final int DATE_TIME = 1;
    private static final int FRACTION = 2;
    private static final int ZONE = 3;

    private Instants() {}

    /** Reads an instant; 400 {@code invalid_instant}, 422 {@code zone_missing} or {@code out_of_range}. */
    static Instant parse(String text) {
        var parts = RFC_3339.matcher(text);
        if (!parts.matches()) {
            throw invalid(text);
        }
        var fraction = parts.group(FRACTION) == null ? "" : parts.group(FRACTION);
        var zone = parts.group(ZONE);
        var instant = at(parts.group(DATE_TIME) + fraction + (zone == null ? "Z" : zone), text);
        if (zone == null) {
            throw zoneMissing(text);
        }
        Dates.requireYear(instant.atOffset(ZoneOffset.UTC).getYear(), text);
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant at(String rfc3339, String asSent) {
        try {
            return OffsetDateTime.parse(rfc3339).toInstant();
        } catch (DateTimeException e) {
            throw invalid(asSent);
        }
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
