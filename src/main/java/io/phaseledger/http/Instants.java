package io.phaseledger.http;

import static java.time.ZoneOffset.UTC;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/** Instants as RFC 3339 text, to the microsecond. */
final class Instants {

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("'T'HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    /** RFC 3339 has no last decimal; Java has nine, and we keep six. */
    private static final Pattern BEYOND_NANOS = Pattern.compile("(?<=\\.\\d{9})\\d{1,20}");

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
        try {
            var parsed = FORMAT.parse(BEYOND_NANOS.matcher(text).replaceFirst(""));
            requireZone(parsed, text);
            return Instant.from(parsed);
        } catch (DateTimeException e) {
            throw Problem.malformed(FieldError.at(
                    "", "invalid_instant", Quoted.of(text) + " is not an instant such as 2026-02-03T07:00:00Z"));
        }
    }

    private static void requireZone(TemporalAccessor parsed, String text) {
        if (!parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
            throw Problem.refused(FieldError.at(
                    "",
                    "zone_missing",
                    Quoted.of(text) + " has no zone; end it with Z or with an offset such as -05:00"));
        }
    }
}
