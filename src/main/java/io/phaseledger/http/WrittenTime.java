package io.phaseledger.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time as programs write it: with a {@code T} or a space, with or without seconds, with any number of decimals, and with a
 * zone in each of the usual forms, or without one ({@code 2026-02-03 07:00:00.123+0000}, {@code 2026-02-03T07:00Z[UTC]}).
 *
 * @param local what a clock there shows, to the nanosecond
 * @param offset of the zone that it is written with; null where it has none
 */
public record WrittenTime(LocalDateTime local, @Nullable ZoneOffset offset) {

    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[Tt ](\\d{2}:\\d{2}(?::\\d{2})?)(?:(?<=:\\d{2}:\\d{2})[.,](\\d{1,9})\\d{0,20})?"
                    + "(?: ?(UTC|GMT|[Zz]|[+-]\\d{2}(?::?\\d{2})?)(?:\\[[\\w/+-]{1,64}])?)?");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** What a text says; empty for what is no time. */
    public static Optional<WrittenTime> read(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(parts.group(1));
            return Optional.of(new WrittenTime(date.atTime(time(parts)), offset(parts.group(4))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The same of a date alone too, which is its midnight; to the microsecond. */
    public static Optional<WrittenTime> readDay(String text) {
        return read(DATE.matcher(text).matches() ? text + "T00:00" : text)
                .map(time -> new WrittenTime(time.local.truncatedTo(ChronoUnit.MICROS), time.offset));
    }

    private static LocalTime time(Matcher parts) {
        String decimals = parts.group(3);
        return LocalTime.parse(decimals == null ? parts.group(2) : parts.group(2) + "." + decimals);
    }

    private static @Nullable ZoneOffset offset(@Nullable String zone) {
        if (zone == null) {
            return null;
        }
        return Character.isLetter(zone.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(zone);
    }

    /** When that is; without a zone of its own, in this one. */
    public Instant instant(ZoneOffset otherwise) {
        return local.toInstant(offset == null ? otherwise : offset);
    }

    /** When that is; without a zone of its own, in UTC. */
    public Instant instant() {
        return instant(ZoneOffset.UTC);
    }

    /** What a clock in a zone shows then; without a zone of its own, what is written. */
    public LocalDateTime in(ZoneId zone) {
        return offset == null
                ? local
                : local.atOffset(offset).atZoneSameInstant(zone).toLocalDateTime();
    }

    boolean isMidnight() {
        return local.toLocalTime().equals(LocalTime.MIDNIGHT);
    }
}
