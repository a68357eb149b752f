package io.phaseledger.run;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time as it was written: what the clock showed, and how far it was from UTC.
 *
 * @param local to the microsecond
 * @param offset null where none was written
 */
record SaidTime(LocalDateTime local, @Nullable ZoneOffset offset) {

    /** A date, perhaps with a time, perhaps with an offset, in the forms that senders use. */
    private static final Pattern FORM =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:[Tt ](\\d{2}:\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?"
                    + "(?: ?(UTC|[Zz]|[+-]\\d{2})(?::?(\\d{2}))?)?(?:\\[[^\\]]+\\])?)?");

    /** Empty for what is none. */
    static Optional<SaidTime> parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SaidTime(local(parts), offset(parts.group(5), parts.group(6))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LocalDateTime local(Matcher parts) {
        LocalDate date = LocalDate.parse(parts.group(1));
        if (parts.group(2) == null) {
            return date.atStartOfDay();
        }
        String seconds = parts.group(3) == null ? "00" : parts.group(3);
        String fraction = parts.group(4) == null ? "0" : parts.group(4);
        return date.atTime(LocalTime.parse(parts.group(2) + ":" + seconds + "." + fraction))
                .truncatedTo(ChronoUnit.MICROS);
    }

    private static @Nullable ZoneOffset offset(@Nullable String hours, @Nullable String minutes) {
        if (hours == null) {
            return null;
        }
        return Character.isLetter(hours.charAt(0))
                ? ZoneOffset.UTC
                : ZoneOffset.of(hours + ":" + (minutes == null ? "00" : minutes));
    }

    /** When it was; in UTC where no offset was written. */
    Instant instant() {
        return local.toInstant(offset == null ? ZoneOffset.UTC : offset);
    }

    /** The date that it is in a zone; where no offset was written, the date that was. */
    LocalDate dateIn(ZoneId zone) {
        return in(zone).toLocalDate();
    }

    /** Whether it is midnight in all of these zones; without any, in UTC or by its own offset. */
    boolean isMidnight(Collection<ZoneId> zones) {
        return zones.isEmpty()
                ? isMidnight(local) || isMidnight(in(ZoneOffset.UTC))
                : zones.stream().allMatch(zone -> isMidnight(in(zone)));
    }

    LocalDateTime in(ZoneId zone) {
        return offset == null
                ? local
                : local.atOffset(offset).atZoneSameInstant(zone).toLocalDateTime();
    }

    private static boolean isMidnight(LocalDateTime time) {
        return time.toLocalTime().equals(LocalTime.MIDNIGHT);
    }
}
