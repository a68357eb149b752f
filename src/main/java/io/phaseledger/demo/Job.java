package io.phaseledger.demo;

import java.util.List;

/**
 * The usual schedule of a processor for a game date.
 *
 * @param first when its first run ends, in minutes after midnight in New York of the game date; the next day is 1440 later
 * @param every how many minutes lie between its runs
 * @param runs how many runs it has on a day of ten games
 * @param perGame how many records it writes for each game
 */
record Job(String phase, String processor, int first, int every, int runs, int perGame) {

    private static final int NEXT_DAY = 24 * 60;

    /** Every processor that reports, with the times of the real schedule. */
    static final List<Job> ALL = List.of(
            new Job("phase2", "p2_odds_game_lines", 10 * 60, 25, 30, 12),
            new Job("phase2", "p2_odds_player_props", 10 * 60 + 5, 20, 40, 160),
            new Job("phase2", "p2_nbacom_boxscores", 22 * 60, 12, 35, 26),
            new Job("phase2", "p2_nbacom_gamebook_pdf", NEXT_DAY + 60, 20, 15, 34),
            new Job("phase2", "p2_bigdataball_pbp", NEXT_DAY + 4 * 60, 30, 8, 480),
            new Job("phase3", "upcoming_player_game_context", 5 * 60 + 40, 35, 30, 30),
            new Job("phase3", "upcoming_team_game_context", 5 * 60 + 42, 60, 12, 2),
            new Job("phase3", "player_game_summary", NEXT_DAY + 6 * 60, 10, 45, 26),
            new Job("phase3", "team_offense_game_summary", NEXT_DAY + 6 * 60 + 4, 15, 30, 2),
            new Job("phase3", "team_defense_game_summary", NEXT_DAY + 6 * 60 + 5, 15, 30, 2),
            new Job("phase4", "team_defense_zone_analysis", 6 * 60 + 6, 90, 8, 2),
            new Job("phase4", "player_shot_zone_analysis", 6 * 60 + 9, 90, 8, 27),
            new Job("phase4", "player_composite_factors", 6 * 60 + 12, 60, 12, 27),
            new Job("phase4", "player_daily_cache", 6 * 60 + 14, 60, 12, 27),
            new Job("phase4", "ml_feature_store", 7 * 60 + 8, 180, 3, 27),
            new Job("phase5", "prediction_coordinator", 8 * 60 + 4, 120, 5, 24),
            new Job("phase6", "prediction_export", 8 * 60 + 10, 120, 5, 24));

    /** How many runs it has on a day of this many games. */
    int runs(int games) {
        return games == 0 ? 1 : Math.max(1, Math.round(runs * games / 10f));
    }

    boolean isPhase(String name) {
        return phase.equals(name);
    }
}
