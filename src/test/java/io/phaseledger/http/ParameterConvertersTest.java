package io.phaseledger.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterConvertersTest {

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
        assertEquals(expected, read("as_of", text));
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
        assertRefused("as_of", expected, () -> read("as_of", text));
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
        assertRefused("game_date", expected, () -> read("game_date", text));
    }

    @Test
    void reads_dates_durations_numbers_alternatives_and_booleans() {
        assertEquals(LocalDate.of(2024, 2, 29), read("game_date", "2024-02-29"));
        assertEquals(Duration.ofHours(6), read("within", "6h"));
        assertEquals(Long.MAX_VALUE, read("position", "9223372036854775807"));
        assertEquals(-3, read("limit", "-3"));
        assertEquals(Mode.BACK_FILL, read("mode", "back_fill"));
        assertEquals(true, read("atomic", "true"));
        assertEquals(false, read("atomic", "false"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    position,  -1,                   400 invalid_position
                    position,  1.0,                  400 invalid_position
                    position,  +1,                   400 invalid_position
                    position,  '',                   400 invalid_position
                    position,  1e3,                  400 invalid_position
                    position,  9223372036854775808,  422 out_of_range
                    limit,     -9999999999999999999, 422 out_of_range
                    limit,     ten,                  400 invalid_integer
                    within,    6,                    400 invalid_duration
                    within,    -6h,                  422 out_of_range
                    mode,      LIVE,                 422 unknown_value
                    atomic,    True,                 400 invalid_boolean
                    """)
    void refuses_others_by_name(String parameter, String text, String expected) {
        assertRefused(parameter, expected, () -> read(parameter, text));
    }

    @Test
    void an_unknown_alternative_is_told_the_known_ones_and_the_nearest() {
        var problem = assertThrows(Problem.class, () -> read("mode", "backfill"));
        assertEquals("mode: `backfill` is not one of live, back_fill; did you mean `back_fill`?", problem.detail());
    }

    /** What a resource declares. */
    interface Resource {
        void ask(
                @QueryParam("as_of") Instant asOf,
                @PathParam("game_date") LocalDate gameDate,
                @QueryParam("within") Duration within,
                @HeaderParam("position") Long position,
                @QueryParam("limit") int limit,
                @QueryParam("mode") Mode mode,
                @QueryParam("atomic") boolean atomic);
    }

    private static Object read(String name, String text) {
        var provider = new ParameterConverters();
        return Arrays.stream(Resource.class.getDeclaredMethods()[0].getParameters())
                .filter(each -> Arrays.toString(each.getAnnotations()).contains("(\"" + name + "\")"))
                .map(each -> Objects.requireNonNull(
                        provider.getConverter(each.getType(), each.getType(), each.getAnnotations())))
                .findFirst()
                .orElseThrow()
                .fromString(text);
    }

    private static void assertRefused(String parameter, String expected, Runnable reading) {
        var problem = assertThrows(Problem.class, reading::run);
        assertEquals(expected, problem.status() + " " + problem.code());
        assertEquals(parameter, problem.errors().get(0).parameter());
    }
}
