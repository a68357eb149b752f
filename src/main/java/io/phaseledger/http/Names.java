package io.phaseledger.http;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** How the names of our alternatives are written outside: {@code NO_DATA} is {@code no_data}. */
final class Names {

    private Names() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static List<String> of(Class<?> enumType) {
        return Arrays.stream(enumType.getEnumConstants())
                .map(constant -> of((Enum<?>) constant))
                .toList();
    }

    static <E> E parse(String text, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> of((Enum<?>) constant).equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.refused(unknown(text, of(type))));
    }

    static FieldError unknown(String text, Collection<String> allowed) {
        return FieldError.at(
                "",
                "unknown_value",
                Quoted.of(text) + " is not one of " + String.join(", ", allowed) + Nearest.didYouMean(text, allowed));
    }
}
