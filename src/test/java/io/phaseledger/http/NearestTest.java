package io.phaseledger.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> KNOWN = List.of(
            "player_daily_cache",
            "player_composite_factors",
            "ml_feature_store",
            "team_defense_zone_analysis",
            "NbacGamebookProcessor",
            "within",
            "record_count",
            "phase4");

    @ParameterizedTest
    @CsvSource(textBlock = """
                    player_daily_cahce,      player_daily_cache
                    PlayerDailyCache,        player_daily_cache
                    NbacGambookProcessor,    NbacGamebookProcessor
                    wihtin,                  within
                    recrod_count,            record_count
                    phase_4,                 phase4
                    ml_feature_stor,         ml_feature_store
                    bigdataball_play_by_play,
                    settlement,
                    x,
                    '',
                    """)
    void a_misspelt_name_finds_its_neighbour_and_a_strange_one_finds_none(String wanted, String expected) {
        assertEquals(Optional.ofNullable(expected), Nearest.to(wanted, KNOWN));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    date,           '; did you mean `game_date` or `game_date_from` or `game_date_to`?'
                    game_dat,       '; did you mean `game_date`?'
                    Processor,      '; did you mean `processor_name`?'
                    limit_of_page,  '; did you mean `limit`?'
                    dates,          ''
                    _,              ''
                    """)
    void a_name_of_fewer_or_more_words_is_offered_those_that_share_its_own(String wanted, String expected) {
        var known = List.of("game_date_to", "game_date_from", "game_date", "processor_name", "limit");
        assertEquals(expected, Nearest.didYouMeanName(wanted, known));
    }

    @Test
    void the_nearest_come_first_and_no_more_than_asked_for() {
        var known = List.of("phase5", "phase4", "phase3", "unrelated");
        assertEquals(List.of("phase4", "phase3"), Nearest.all("phase4", known, 2));
    }

    @Test
    void a_very_long_name_is_compared_with_nothing() {
        assertEquals(List.of(), Nearest.all("x".repeat(100_000), List.of("x".repeat(100_000)), 3));
    }
}
