package io.phaseledger.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
                    6h,            PT6H
                    90m,           PT1H30M
                    1h30m,         PT1H30M
                    30s,           PT30S
                    0s,            PT0S
                    1.5s,          PT1.5S
                    1d,            PT24H
                    1d2h3m4s,      PT26H3M4S
                    PT6H,          PT6H
                    P1D,           PT24H
                    pt0.5s,        PT0.5S
                    0.1234567s,    PT0.123456S
                    36525d,        PT876600H
                    """)
    void reads_what_people_and_iso_write(String text, Duration expected) {
        assertEquals(expected, Durations.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "6",
                "h",
                "6x",
                "6h6h",
                "30m1h",
                "6H",
                "six hours",
                "P",
                "PT",
                "P1M",
                "P1Y",
                "--6h",
                "6 h",
                "1234567890h",
                "-",
                "PT6H-30M",
                "+PT6H",
                "PT+6H",
                "PT9999999999999999999H"
            })
    void refuses_what_is_no_duration(String text) {
        var problem = assertThrows(Problem.class, () -> Durations.parse(text));
        assertEquals("400 invalid_duration", problem.status() + " " + problem.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-6h", "-PT6H", "PT-1S", "36526d", "P36525DT1S", "999999999d"})
    void refuses_a_duration_that_is_negative_or_longer_than_ten_years(String text) {
        var problem = assertThrows(Problem.class, () -> Durations.parse(text));
        assertEquals("422 out_of_range", problem.status() + " " + problem.code());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    PT6H,            21600
                    PT0S,            0
                    PT0.5S,          0.5
                    PT1M40S,         100
                    PT0.000001S,     0.000001
                    PT0.0000019S,    0.000001
                    PT1.10S,         1.1
                    PT2400000H,      8640000000
                    """)
    void seconds_are_exact_and_plain(Duration duration, String expected) {
        assertEquals(expected, Durations.seconds(duration).toString());
    }
}
