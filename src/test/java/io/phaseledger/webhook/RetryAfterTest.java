package io.phaseledger.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a receiver wants to be left alone. */
class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-02-02T11:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | -",
                "120 | PT2M",
                "' 7 ' | PT7S",
                "0 | PT0S",
                "'Mon, 2 Feb 2026 11:05:00 GMT' | PT5M",
                "'Mon, 2 Feb 2026 10:00:00 GMT' | PT0S",
                "soon | -",
                "-1 | -",
                "1.5 | -",
                "99999999999999999999 | -",
            })
    void in_seconds_or_until_a_date(@Nullable String header, @Nullable Duration wait) {
        assertEquals(wait, RetryAfter.of(header, NOW));
    }
}
