package io.phaseledger.http;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a field wants, in a form that fits a sentence. */
final class Expected {

    private static final Set<Class<?>> WHOLE = Set.of(
            int.class, long.class, short.class, Integer.class, Long.class, Short.class, java.math.BigInteger.class);

    private static final Map<Class<?>, String> TEXTS = Map.of(
            String.class, "a string",
            Instant.class, "an instant",
            LocalDate.class, "a date",
            LocalTime.class, "a time of day",
            Duration.class, "a duration",
            ZoneId.class, "a time zone",
            UUID.class, "a UUID");

    private Expected() {}

    static boolean isText(@Nullable Class<?> type) {
        return type != null && TEXTS.containsKey(type);
    }

    static String of(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        var text = TEXTS.get(type);
        if (text != null) {
            return text;
        }
        if (type.isEnum()) {
            return "one of " + String.join(", ", Names.of(type));
        }
        return number(type);
    }

    private static String number(Class<?> type) {
        if (WHOLE.contains(type)) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type) || type == double.class) {
            return "a number";
        }
        return type == Boolean.class || type == boolean.class ? "true or false" : composite(type);
    }

    private static String composite(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || type.isArray() ? "an array" : "an object";
    }
}
