package io.phaseledger.http;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Instants as RFC 3339 text, to the microsecond. */
final class Instants {

    /** Of what {@link WrittenTime} reads, what RFC 3339 has; that the zone is missing is told apart. */
    private static final Pattern FORM =
            Pattern.compile("[\\d-]{10}[Tt][\\d:]{8}(?:\\.\\d+)?(?:[Zz]|[+-]\\d{2}:\\d{2})?");

    private static final Instant FIRST =
            LocalDate.ofYearDay(Dates.FIRST_YEAR, 1).atStartOfDay().toInstant(UTC);
    private static final Instant END =
            LocalDate.ofYearDay(Dates.LAST_YEAR + 1, 1).atStartOfDay().toInstant(UTC);

    private Instants() {}

    /** Reads an instant; 400 {@code invalid_instant}, 422 {@code zone_missing} or {@code out_of_range}. */
    static Instant parse(String text) {
        return checked(instant(text), text);
    }

    /** The same instant, to the microsecond; 422 {@code out_of_range}, in the words in which it was sent. */
    static Instant checked(Instant instant, String text) {
        if (instant.isBefore(FIRST) || !instant.isBefore(END)) {
            throw Dates.outOfRange(text);
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant instant(String text) {
        WrittenTime time = Optional.of(text)
                .filter(it -> FORM.matcher(it).matches())
                .flatMap(WrittenTime::read)
                .orElseThrow(() -> invalid(text));
        if (time.offset() == null) {
            throw Problem.refused(FieldError.at(
                    "",
                    "zone_missing",
                    Quoted.of(text) + " has no zone; end it with Z or with an offset such as -05:00"));
        }
        return time.instant(UTC);
    }

    private static Problem invalid(String text) {
        return Problem.malformed(FieldError.at(
                "", "invalid_instant", Quoted.of(text) + " is not an instant such as 2026-02-03T07:00:00Z"));
    }
}
