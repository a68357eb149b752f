package io.phaseledger.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** The incidents of the real pipeline, on their dates. */
final class Incident {

    private static final int DAY = 24 * 60;

    /** Phase 4 finished at 02:00 of the next day, long after its readers. */
    private static final LocalDate LATE_TABLES = LocalDate.of(2026, 2, 2);

    private static final int LATE_TABLES_UNTIL = DAY + 2 * 60;

    /** The ledger knows of it at 02:00:00. */
    private static final Run LATE =
            new Run(60 * LATE_TABLES_UNTIL - 600, 60 * LATE_TABLES_UNTIL - Report.SECONDS_TO_THE_LEDGER);

    /** The feature store reads them: it ran at 06:00 and at 16:38. */
    private static final List<Run> READER = List.of(at(6, 0), at(16, 38));

    /** Both analytics and Phase 4 crashed and were found 25 hours later. */
    private static final LocalDate CRASH = LocalDate.of(2026, 1, 20);

    private static final int CRASH_HOURS = 25;

    /** The cache was missing for five days, and a majority rule went on without it. */
    private static final LocalDate NO_CACHE_FROM = LocalDate.of(2026, 1, 15);

    private static final LocalDate NO_CACHE_TO = LocalDate.of(2026, 1, 19);

    /** Until this date a first run sometimes succeeded with no rows, and a good run followed it. */
    private static final LocalDate LAST_EMPTY_SUCCESS = LocalDate.of(2026, 1, 12);

    private static final double EMPTY_SUCCESS_SHARE = 0.35;

    /** On this date the pipeline published a misspelt name. */
    private static final LocalDate MISSPELT = LocalDate.of(2026, 2, 10);

    private static final String GAMEBOOK = "p2_nbacom_gamebook_pdf";
    private static final Set<String> CRASHED = Set.of("phase3", "phase4");
    private static final double LATE_SHARE = 0.06;

    private Incident() {}

    private static Run at(int hour, int minute) {
        int start = 3600 * hour + 60 * minute;
        return new Run(start, start + 500);
    }

    static boolean isMissing(LocalDate date, Job job) {
        return job.processor().equals("player_daily_cache")
                && !date.isBefore(NO_CACHE_FROM)
                && !date.isAfter(NO_CACHE_TO);
    }

    /** The runs that are known to the second; before those as scheduled, or instead of them. */
    static List<Run> runs(LocalDate date, Job job) {
        if (!date.equals(LATE_TABLES) || !job.isPhase("phase4")) {
            return List.of();
        }
        return isReader(job) ? READER : List.of(LATE);
    }

    /** Whether a job had no other runs than those. */
    static boolean hasNoOther(LocalDate date, Job job) {
        return date.equals(LATE_TABLES) && isReader(job);
    }

    private static boolean isReader(Job job) {
        return job.processor().equals("ml_feature_store");
    }

    /** A run by the seconds after midnight of the date. */
    record Run(int startedAt, int endedAt) {}

    /** How many minutes later than usual the runs of a job are. */
    static int delay(LocalDate date, Job job) {
        boolean analytics = CRASHED.contains(job.phase());
        if (date.equals(CRASH) && analytics) {
            return CRASH_HOURS * 60;
        }
        if (date.equals(LATE_TABLES) && job.isPhase("phase4") && !isReader(job)) {
            return LATE_TABLES_UNTIL - job.first();
        }
        var random = Draw.of(date, "late");
        return random.nextDouble() < LATE_SHARE && analytics ? 90 + random.nextInt(400) : 0;
    }

    static boolean beginsWithNothing(LocalDate date, Job job) {
        return job.processor().equals("player_game_summary")
                && !date.isAfter(LAST_EMPTY_SUCCESS)
                && Draw.of(date, "empty").nextDouble() < EMPTY_SUCCESS_SHARE;
    }

    /** The name under which a job reports. */
    static String name(LocalDate date, Job job) {
        return date.equals(MISSPELT) && job.processor().equals(GAMEBOOK) ? "NbacGambookProcessor" : job.processor();
    }
}
