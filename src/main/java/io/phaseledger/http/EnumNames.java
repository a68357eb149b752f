package io.phaseledger.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the constants of our enums are written outside and in the database: {@code NO_DATA} is {@code no_data}. */
public final class EnumNames {

    private EnumNames() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static List<String> of(Class<?> enumType) {
        return Arrays.stream(enumType.getEnumConstants())
                .map(constant -> of((Enum<?>) constant))
                .toList();
    }

    /** The constant that was written so; an IllegalArgumentException where none was. */
    public static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }

    /** The constant that is meant by what was sent; 422 {@code unknown_value} lists those that there are. */
    static <E> E parse(String text, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> of((Enum<?>) constant).equals(text))
                .findFirst()
                .orElseThrow(() -> unknown(text, of(type)));
    }

    private static Problem unknown(String text, List<String> names) {
        var detail = Quoted.of(text) + " is not one of " + String.join(", ", names) + Nearest.didYouMean(text, names);
        return Problem.refused(FieldError.at("", "unknown_value", detail));
    }
}
