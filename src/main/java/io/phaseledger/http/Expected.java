package io.phaseledger.http;

import com.fasterxml.jackson.core.JsonToken;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** What a field wants, in a form that fits a sentence. */
final class Expected {

    private static final Set<Class<?>> WHOLE = Set.of(Integer.class, Long.class);

    private static final Map<Class<?>, String> TEXTS = Map.of(
            String.class, "a string",
            Instant.class, "an instant",
            LocalDate.class, "a date",
            Duration.class, "a duration");

    private Expected() {}

    static String of(Class<?> type) {
        var text = TEXTS.get(type);
        if (text != null) {
            return text;
        }
        if (type.isEnum()) {
            return "one of " + String.join(", ", EnumNames.of(type));
        }
        return number(type);
    }

    private static String number(Class<?> type) {
        if (WHOLE.contains(type)) {
            return "a whole number";
        }
        if (type == BigDecimal.class) {
            return "a number";
        }
        return type == Boolean.class ? "true or false" : composite(type);
    }

    private static String composite(Class<?> type) {
        return Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    /** What a token is or begins, in a form that fits a sentence. */
    static String kindOf(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NUMBER_INT -> "a whole number";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction or an exponent";
            default -> "null";
        };
    }
}
