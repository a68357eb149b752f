package io.phaseledger.http;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads parameters as what resources declare them to be, with the codes and statuses that the same text has in a body.
 *
 * <p>A {@code Long} is a position in the ledger: a whole number, 0 or more. Bounds of numbers and patterns of texts are
 * declared by Bean Validation's annotations, and held here.
 */
@Provider
final class ParameterConverters implements ParamConverterProvider {

    /** A plus sign in a query string arrives as a space; before an offset at the end nothing else can be meant. */
    private static final Pattern PLUS_AS_SPACE = Pattern.compile(" (?=\\d{2}:\\d{2}$)");

    private static final Map<Class<?>, Function<String, ?>> READERS = Map.of(
            String.class, text -> text,
            Instant.class, ParameterConverters::instant,
            LocalDate.class, Dates::parse,
            Duration.class, Durations::parse,
            Long.class, ParameterConverters::position,
            int.class, ParameterConverters::integer,
            Integer.class, ParameterConverters::integer,
            boolean.class, ParameterConverters::bool,
            Boolean.class, ParameterConverters::bool);

    @Override
    @SuppressWarnings("unchecked") // A reader reads what it stands beside.
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        var reader = type.isEnum() ? enumReader(type) : READERS.get(type);
        if (reader == null) {
            return null;
        }
        for (var annotation : annotations) {
            reader = held(reader, annotation);
        }
        return new Named<>(name(annotations), (Function<String, T>) reader);
    }

    /** The same, held against what an annotation says that the value must meet. */
    private static Function<String, ?> held(Function<String, ?> reader, Annotation annotation) {
        if (annotation instanceof Min min) {
            return held(reader, value -> (int) value >= min.value(), "out_of_range: must be at least " + min.value());
        }
        if (annotation instanceof Max max) {
            return held(reader, value -> (int) value <= max.value(), "out_of_range: must be at most " + max.value());
        }
        if (annotation instanceof jakarta.validation.constraints.Pattern pattern) {
            return held(reader, value -> value.toString().matches(pattern.regexp()), pattern.message());
        }
        return reader;
    }

    /** @param message a code, and what must hold */
    private static Function<String, ?> held(Function<String, ?> reader, Predicate<Object> holds, String message) {
        return text -> {
            Object value = reader.apply(text);
            if (!holds.test(value)) {
                var said = message.split(": ", 2);
                throw Problem.refused(FieldError.at("", said[0], said[1]));
            }
            return value;
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Function<String, ?> enumReader(Class type) {
        return text -> EnumNames.parse(text, type);
    }

    private static String name(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .flatMap(ParameterConverters::nameIn)
                .findFirst()
                .orElse("");
    }

    private static Stream<String> nameIn(Annotation annotation) {
        if (annotation instanceof QueryParam query) {
            return Stream.of(query.value());
        }
        if (annotation instanceof PathParam path) {
            return Stream.of(path.value());
        }
        return annotation instanceof HeaderParam header ? Stream.of(header.value()) : Stream.empty();
    }

    private static Instant instant(String text) {
        return Instants.parse(PLUS_AS_SPACE.matcher(text).replaceFirst("+"));
    }

    private static Long position(String text) {
        if (!text.matches("\\d+")) {
            throw malformed("invalid_position", text, "is not a position: a whole number, 0 or more");
        }
        return within(text, 0, Long.MAX_VALUE);
    }

    private static Integer integer(String text) {
        if (!text.matches("-?\\d+")) {
            throw malformed("invalid_integer", text, "is not a whole number");
        }
        return (int) within(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static long within(String digits, long min, long max) {
        var number = new BigInteger(digits);
        if (number.compareTo(BigInteger.valueOf(min)) < 0 || number.compareTo(BigInteger.valueOf(max)) > 0) {
            throw Problem.refused(
                    FieldError.at("", "out_of_range", Quoted.of(digits) + " is not between " + min + " and " + max));
        }
        return number.longValueExact();
    }

    private static Boolean bool(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw malformed("invalid_boolean", text, "is neither true nor false");
    }

    private static Problem malformed(String code, String text, String detail) {
        return Problem.malformed(FieldError.at("", code, Quoted.of(text) + " " + detail));
    }

    /** Gives what a reader refuses the name of the parameter. */
    private record Named<T>(String name, Function<String, T> reader) implements ParamConverter<T> {

        @Override
        public T fromString(String text) {
            try {
                return reader.apply(text);
            } catch (Problem e) {
                throw e.inParameter(name);
            }
        }

        @Override
        public String toString(T value) {
            return value.toString();
        }
    }
}
