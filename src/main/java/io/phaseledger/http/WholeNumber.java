package io.phaseledger.http;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Whole numbers in JSON, where 1, 1.0 and 1e0 are the same one. */
public final class WholeNumber {

    /** Digits of the largest long. */
    private static final int MOST_DIGITS = 19;

    private WholeNumber() {}

    /**
     * The whole number that stands here; null where there is none.
     *
     * @throws Problem 422 {@code out_of_range}
     */
    public static @Nullable Long read(JsonParser parser, long min, long max) throws IOException {
        if (!parser.currentToken().isNumeric()) {
            return null;
        }
        return switch (parser.getNumberType()) {
            case INT, LONG -> within(parser.getLongValue(), min, max);
            default -> whole(parser.getDecimalValue(), min, max);
        };
    }

    /** The same of a number; null where it has a fraction. */
    static @Nullable Long whole(BigDecimal written, long min, long max) {
        BigDecimal number = written.stripTrailingZeros();
        if (number.scale() > 0) {
            return null;
        }
        if (number.precision() - (long) number.scale() > MOST_DIGITS) { // Written out, it could fill the memory.
            throw outOfRange();
        }
        var whole = number.toBigIntegerExact();
        if (whole.bitLength() >= Long.SIZE) {
            throw outOfRange();
        }
        return within(whole.longValueExact(), min, max);
    }

    private static long within(long number, long min, long max) {
        if (number < min || number > max) {
            throw outOfRange();
        }
        return number;
    }

    static Problem outOfRange() {
        return Problem.refused(FieldError.at("", "out_of_range", "is too large or too small a number"));
    }
}
