package io.phaseledger.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The dates of a season and how many games each has. */
final class Season {

    static final int DATES = 235;

    private static final LocalDate FIRST = LocalDate.of(2025, 10, 21);
    private static final LocalDate LAST_REGULAR = LocalDate.of(2026, 4, 12);
    private static final LocalDate FIRST_PLAYOFF = LocalDate.of(2026, 4, 18);
    private static final LocalDate BREAK_FROM = LocalDate.of(2026, 2, 12);
    private static final LocalDate BREAK_TO = LocalDate.of(2026, 2, 18);

    /** Free days of the regular season: Thanksgiving and Christmas Eve. */
    private static final List<LocalDate> FREE = List.of(LocalDate.of(2025, 11, 27), LocalDate.of(2025, 12, 24));

    private Season() {}

    static Stream<Slate> slates() {
        return FIRST.datesUntil(FIRST.plusDays(DATES)).map(Season::slate);
    }

    private static Slate slate(LocalDate date) {
        Random random = Draw.of(date, "slate");
        if (!date.isBefore(BREAK_FROM) && !date.isAfter(BREAK_TO)) {
            return new Slate(date, 0, "All-Star break");
        }
        if (FREE.contains(date)) {
            return new Slate(date, 0, "no games");
        }
        return date.isAfter(LAST_REGULAR) ? playoffs(date, random) : new Slate(date, regular(date, random), null);
    }

    /** Few games on Thursdays, when television wants two, many on Wednesdays and Fridays. */
    private static int regular(LocalDate date, Random random) {
        DayOfWeek day = date.getDayOfWeek();
        if (day == DayOfWeek.THURSDAY) {
            return 2 + random.nextInt(4);
        }
        boolean busy = day == DayOfWeek.WEDNESDAY || day == DayOfWeek.FRIDAY;
        return busy ? 8 + random.nextInt(6) : 4 + random.nextInt(6);
    }

    private static Slate playoffs(LocalDate date, Random random) {
        if (date.isBefore(FIRST_PLAYOFF)) {
            return new Slate(date, random.nextInt(3), "play-in");
        }
        int most = date.getMonthValue() == 4 ? 4 : date.getMonthValue() == 5 ? 3 : 2;
        return new Slate(date, random.nextInt(most), "playoffs");
    }

    /** A date of the season. */
    record Slate(LocalDate date, int games, @Nullable String note) {}
}
