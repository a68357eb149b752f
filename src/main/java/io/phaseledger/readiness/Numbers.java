package io.phaseledger.readiness;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Durations as the exact decimals that answers carry. */
public final class Numbers {

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);
    private static final int HOUR_DIGITS = 10;

    private Numbers() {}

    /** Exact to the nanosecond, without trailing zeros. */
    public static BigDecimal seconds(Duration duration) {
        BigDecimal whole = BigDecimal.valueOf(duration.getSeconds());
        return plain(whole.add(BigDecimal.valueOf(duration.getNano()).divide(NANOS)));
    }

    /** To ten decimals, which show every microsecond: 6 h and 1 µs are not 6. */
    public static BigDecimal hours(Duration duration) {
        return plain(seconds(duration).divide(SECONDS_PER_HOUR, HOUR_DIGITS, RoundingMode.HALF_UP));
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
