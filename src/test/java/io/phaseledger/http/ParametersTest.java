package io.phaseledger.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {

    enum Mode {
        LIVE,
        BACK_FILL
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    2026-02-02T06:00:00Z,               2026-02-02T06:00:00Z
                    2026-02-02t06:00:00z,               2026-02-02T06:00:00Z
                    2026-02-02T06:00:00+05:00,          2026-02-02T01:00:00Z
                    2026-02-02T06:00:00 05:00,          2026-02-02T01:00:00Z
                    2026-02-02T06:00:00.5-05:00,        2026-02-02T11:00:00.5Z
                    2026-02-02T06:00:00.1234567891234Z, 2026-02-02T06:00:00.123456Z
                    2026-02-02T06:00:00.000001-00:30,   2026-02-02T06:30:00.000001Z
                    2024-02-29T23:59:59.99+18:00,       2024-02-29T05:59:59.99Z
                    """)
    void reads_an_instant_to_the_microsecond(String text, Instant expected) {
        assertEquals(expected, Parameters.instant("as_of", text));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    2026-02-02,                     400 invalid_instant
                    2026-02-02T06:00Z,              400 invalid_instant
                    2026-02-30T06:00:00Z,           400 invalid_instant
                    2026-02-02T24:00:00Z,           400 invalid_instant
                    2026-02-02T06:00:60Z,           400 invalid_instant
                    2026-02-02T06:00:00.Z,          400 invalid_instant
                    2026-02-02T06:00:00+18:01,      400 invalid_instant
                    2026-02-02T06:00:00+05:60,      400 invalid_instant
                    2026-02-02T06:00:00+25:00,      400 invalid_instant
                    2026-02-02T06:00:00123Z,        400 invalid_instant
                    yesterday,                      400 invalid_instant
                    '',                             400 invalid_instant
                    2026-02-02T06:00:00,            422 zone_missing
                    2026-02-02T06:00:00.123,        422 zone_missing
                    1969-12-31T23:59:59Z,           422 out_of_range
                    2200-01-01T00:00:00Z,           422 out_of_range
                    """)
    void refuses_what_is_no_instant(String text, String expected) {
        assertRefused("as_of", expected, () -> Parameters.instant("as_of", text));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    2026-02-30,   400 invalid_date
                    2026-2-3,     400 invalid_date
                    20260203,     400 invalid_date
                    +2026-02-03,  400 invalid_date
                    ٢٠٢٦-٠٢-٠٣,   400 invalid_date
                    Today,        422 relative_date
                    YESTERDAY,    422 relative_date
                    auto,         422 relative_date
                    1969-12-31,   422 out_of_range
                    9999-01-01,   422 out_of_range
                    """)
    void refuses_what_is_no_calendar_date(String text, String expected) {
        assertRefused("game_date", expected, () -> Parameters.date("game_date", text));
    }

    @Test
    void reads_dates_durations_numbers_alternatives_and_booleans() {
        assertEquals(LocalDate.of(2024, 2, 29), Parameters.date("game_date", "2024-02-29"));
        assertEquals(Duration.ofHours(6), Parameters.duration("within", "6h"));
        assertEquals(Long.MAX_VALUE, Parameters.position("position", "9223372036854775807"));
        assertEquals(-3, Parameters.integer("offset", "-3", -5, 5));
        assertEquals(Mode.BACK_FILL, Parameters.oneOf("mode", "back_fill", Mode.class));
        assertEquals(true, Parameters.bool("atomic", "true"));
        assertEquals(false, Parameters.bool("atomic", "false"));
    }

    @ParameterizedTest
    @CsvSource({"-1", "1.0", "+1", "''", "1e3"})
    void refuses_what_is_no_position(String text) {
        assertRefused("position", "400 invalid_position", () -> Parameters.position("position", text));
    }

    @Test
    void refuses_other_parameters_by_name() {
        assertRefused("after", "422 out_of_range", () -> Parameters.position("after", "9223372036854775808"));
        assertRefused("limit", "422 out_of_range", () -> Parameters.integer("limit", "-99999999999999999999", 1, 9));
        assertRefused("within", "400 invalid_duration", () -> Parameters.duration("within", "6"));
        assertRefused("within", "422 out_of_range", () -> Parameters.duration("within", "-6h"));
        assertRefused("limit", "400 invalid_integer", () -> Parameters.integer("limit", "ten", 1, 9));
        assertRefused("limit", "422 out_of_range", () -> Parameters.integer("limit", "0", 1, 9));
        assertRefused("limit", "422 out_of_range", () -> Parameters.integer("limit", "9999999999", 1, 9));
        assertRefused("mode", "422 unknown_value", () -> Parameters.oneOf("mode", "LIVE", Mode.class));
        assertRefused("atomic", "400 invalid_boolean", () -> Parameters.bool("atomic", "True"));
    }

    @Test
    void an_unknown_alternative_is_told_the_known_ones_and_the_nearest() {
        var problem = assertThrows(Problem.class, () -> Parameters.oneOf("mode", "backfill", Mode.class));
        assertEquals("mode: `backfill` is not one of live, back_fill; did you mean `back_fill`?", problem.detail());
    }

    private static void assertRefused(String parameter, String expected, Runnable reading) {
        var problem = assertThrows(Problem.class, reading::run);
        assertEquals(expected, problem.status() + " " + problem.code());
        assertEquals(parameter, problem.errors().get(0).parameter());
    }
}
