package io.phaseledger.run;

import io.phaseledger.http.WrittenTime;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run is for: an interval of nominal time.
 *
 * @param end null where it was not said
 */
record Span(WrittenTime start, @Nullable WrittenTime end) {

    /** A shorter interval is part of a date; a day that loses an hour in spring has as many. */
    private static final Duration WHOLE_DAY = Duration.ofHours(23);

    /** How long it is; zero where that is not known. */
    Duration length() {
        if (end == null) {
            return Duration.ZERO;
        }
        Duration length = Duration.between(start.instant(), end.instant());
        return length.isNegative() ? Duration.ZERO : length;
    }

    /** Whether it is an interval that is shorter than a day. */
    boolean isShort() {
        return !length().isZero() && length().compareTo(WHOLE_DAY) < 0;
    }

    /** Whether it is part of a date; what has no length is, unless it begins at midnight. */
    boolean isPart(Collection<ZoneId> zones) {
        return isShort() || (length().isZero() && !beginsAtMidnight(zones));
    }

    /** In all of these zones; without any, in UTC or as it was written. */
    private boolean beginsAtMidnight(Collection<ZoneId> zones) {
        return zones.isEmpty()
                ? Stream.of(start.local(), start.in(ZoneOffset.UTC)).anyMatch(Span::isMidnight)
                : zones.stream().map(start::in).allMatch(Span::isMidnight);
    }

    private static boolean isMidnight(LocalDateTime time) {
        return time.toLocalTime().equals(LocalTime.MIDNIGHT);
    }

    /** What tells it from other spans. */
    String text() {
        return start.instant() + "/" + (end == null ? "" : end.instant());
    }
}
