package io.phaseledger.http;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values in the forms in which other programs write them, where their meaning is in no doubt; what is in doubt is refused as
 * {@link ValueModule} would.
 *
 * <p>Protobuf and BigQuery write whole numbers and booleans as texts, and JSON columns as text of JSON; pandas makes
 * {@code 123.0} of a count and a midnight of a date; entities are numbers to some jobs. An instant is in any form of
 * {@link WrittenTime}, or a number since 1970: with a space and no zone it is UTC, for so BigQuery writes its timestamps
 * (https://cloud.google.com/bigquery/docs/exporting-data#json_export_details).
 */
final class LenientValues extends SimpleModule {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,20}(?:\\.\\d{1,20})?(?:[eE][+-]?\\d{1,2})?");

    /** Seconds, milliseconds, microseconds and nanoseconds: from 2000 to 2199 no number is an instant in two of them. */
    private static final int[] DECIMALS = {0, 3, 6, 9};

    private static final BigDecimal FIRST_SECOND = second("2000-01-01T00:00:00Z");
    private static final BigDecimal END = second("2200-01-01T00:00:00Z");

    private static final int BEFORE_TIME = "2026-02-03".length();

    LenientValues() {
        super("phase-ledger-lenient-values");
        add(String.class, LenientValues::string);
        add(Instant.class, LenientValues::instant);
        add(LocalDate.class, LenientValues::date);
        add(Boolean.class, LenientValues::bool);
        add(Long.class, parser -> whole(parser, Long.MIN_VALUE, Long.MAX_VALUE));
        add(Integer.class, LenientValues::small);
        addDeserializer(ObjectNode.class, new ObjectDeserializer(true));
    }

    private <T> void add(Class<T> type, ScalarDeserializer.Reading<T> reading) {
        addDeserializer(type, new ScalarDeserializer<>(type, reading));
    }

    /** In a list, a whole number is the text of it: entities are numbers to some jobs. No name or note is one. */
    private static @Nullable String string(JsonParser parser) throws IOException {
        boolean isListed = parser.getParsingContext().inArray();
        if (parser.hasToken(JsonToken.VALUE_STRING) || (isListed && parser.hasToken(JsonToken.VALUE_NUMBER_INT))) {
            return Unstorable.checked(parser.getText());
        }
        if (!isListed) {
            return null;
        }
        Long number = WholeNumber.read(parser, Long.MIN_VALUE, Long.MAX_VALUE);
        return number == null ? null : number.toString();
    }

    private static @Nullable Boolean bool(JsonParser parser) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return parser.currentToken().isBoolean() ? parser.getBooleanValue() : null;
        }
        return switch (parser.getText().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    private static @Nullable Long whole(JsonParser parser, long min, long max) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return WholeNumber.read(parser, min, max);
        }
        BigDecimal number = number(parser.getText()).orElse(null);
        return number == null ? null : WholeNumber.whole(number, min, max);
    }

    private static @Nullable Integer small(JsonParser parser) throws IOException {
        Long number = whole(parser, Integer.MIN_VALUE, Integer.MAX_VALUE);
        return number == null ? null : number.intValue();
    }

    private static Optional<BigDecimal> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    private static @Nullable Instant instant(JsonParser parser) throws IOException {
        if (!isTextOrNumber(parser)) {
            return null;
        }
        String text = parser.getText();
        return time(text)
                .filter(time -> time.offset() != null || text.charAt(BEFORE_TIME) == ' ')
                .map(time -> Instants.checked(time.instant(UTC), text))
                .orElseGet(() -> Instants.parse(text));
    }

    /** A midnight is its date, in the zone that it is written with; any other time is none. */
    private static @Nullable LocalDate date(JsonParser parser) throws IOException {
        if (!isTextOrNumber(parser)) {
            return null;
        }
        String text = parser.getText();
        return Dates.parse(time(text)
                .filter(WrittenTime::isMidnight)
                .map(time -> time.local().toLocalDate().toString())
                .orElse(text));
    }

    private static boolean isTextOrNumber(JsonParser parser) {
        return parser.hasToken(JsonToken.VALUE_STRING) || parser.currentToken().isNumeric();
    }

    private static Optional<WrittenTime> time(String text) {
        return WrittenTime.read(text).or(() -> number(text).flatMap(LenientValues::since1970));
    }

    private static Optional<WrittenTime> since1970(BigDecimal number) {
        for (int decimals : DECIMALS) {
            BigDecimal seconds = number.movePointLeft(decimals);
            if (seconds.compareTo(FIRST_SECOND) >= 0 && seconds.compareTo(END) < 0) {
                int nanos = seconds.remainder(BigDecimal.ONE).movePointRight(9).intValue();
                return Optional.of(new WrittenTime(LocalDateTime.ofEpochSecond(seconds.longValue(), nanos, UTC), UTC));
            }
        }
        return Optional.empty();
    }

    private static BigDecimal second(String instant) {
        return BigDecimal.valueOf(Instant.parse(instant).getEpochSecond());
    }
}
