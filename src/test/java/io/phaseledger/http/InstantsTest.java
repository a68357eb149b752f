package io.phaseledger.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {

    private static final long FIRST = Instant.parse("1970-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("2199-12-31T23:59:59Z").getEpochSecond();

    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-02-03T07:00:00Z,                            2026-02-03T07:00:00Z
            2026-02-03t07:00:00z,                            2026-02-03T07:00:00Z
            2026-02-03T02:00:00-05:00,                       2026-02-03T07:00:00Z
            2026-02-03T07:00:00.1Z,                          2026-02-03T07:00:00.100Z
            2026-02-03T07:00:00.123456Z,                     2026-02-03T07:00:00.123456Z
            2026-02-03T07:00:00.1234569+00:00,               2026-02-03T07:00:00.123456Z
            2026-02-03T07:00:00.12345678901234567890123456789Z, 2026-02-03T07:00:00.123456Z
            1970-01-01T00:00:00Z,                            1970-01-01T00:00:00Z
            1969-12-31T23:00:00-01:00,                       1970-01-01T00:00:00Z
            2199-12-31T23:59:59.999999Z,                     2199-12-31T23:59:59.999999Z
            """)
    void reads_rfc_3339_to_the_microsecond(String text, Instant expected) {
        assertEquals(expected, Instants.parse(text));
    }

    @Test
    void reads_what_java_writes() {
        Random random = new Random(3339);
        for (int i = 0; i < 10_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(FIRST, LAST), random.nextInt(1_000_000_000));
            OffsetDateTime there = instant.atOffset(ZoneOffset.ofTotalSeconds(60 * random.nextInt(-1080, 1081)));
            String text = there.getSecond() == 0 && there.getNano() == 0
                    ? there.truncatedTo(ChronoUnit.MINUTES).toString().replaceFirst("(T..:..)", "$1:00")
                    : there.toString();
            assertEquals(instant.truncatedTo(ChronoUnit.MICROS), Instants.parse(text), text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-03 07:00:00Z",
                "2026-02-03T07:00:00.123456789012345678901234567890Z",
                "2026-02-03T07:00:00ZZ",
                "2026-02-03T07:00:00X",
                "2026-02-03T07:00:00 Z",
                "2026-02-03T07:00:00*05:00",
                "2026-02-03T07:00:00-05:00 ",
                "2026-02-03T07:00:00-0500",
                "2026-02-03T07:00:00-05",
                "2026-02-03T07:00:00+5:000",
                "2026-02-03T07.00.00Z",
                "2026-02-03T07:00:0\u0660Z",
                "2026-13-03T07:00:00Z",
                "2026-02-03T07:00:00,5Z"
            })
    void refuses_what_is_none(String text) {
        assertCode("400 invalid_instant", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.999999Z", "2200-01-01T00:00:00Z", "2199-12-31T23:00:00-01:00"})
    void refuses_other_years(String text) {
        assertCode("422 out_of_range", text);
    }

    private static void assertCode(String expected, String text) {
        Problem problem = assertThrows(Problem.class, () -> Instants.parse(text));
        assertEquals(expected, problem.status() + " " + problem.code());
    }
}
