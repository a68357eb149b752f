package io.phaseledger.http;

import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.time.DateTimeException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Jackson could not make of a tree, in our words. */
final class Misfit {

    /** Causes are followed this far, in case they go round in a circle. */
    private static final int DEEPEST_CAUSE = 20;

    private Misfit() {}

    /** Where it is, as a JSON pointer. */
    static String pointer(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> "/" + (step.getFieldName() == null ? step.getIndex() : escaped(step.getFieldName())))
                .collect(Collectors.joining());
    }

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /**
     * What it is; with a fault that is ours, not the client's, this throws.
     *
     * @param beside names of fields that the body may have beside those of its type
     */
    static Problem problem(JsonMappingException e, String pointer, JsonNode found, List<String> beside) {
        var carried = cause(e, Problem.class);
        if (carried != null) {
            return carried.about(
                    carried.errors().stream().map(error -> error.under(pointer)).toList());
        }
        if (cause(e, InputCoercionException.class) != null) {
            return Problem.refused(FieldError.at(pointer, "out_of_range", "is too large or too small a number"));
        }
        return e instanceof ValueInstantiationException refusal
                ? instantiation(refusal, pointer)
                : mismatch(e, pointer, found, beside);
    }

    private static Problem instantiation(ValueInstantiationException e, String pointer) {
        var cause = e.getCause();
        if (cause instanceof IllegalArgumentException || cause instanceof DateTimeException) {
            var message = cause.getMessage() == null ? "is refused" : cause.getMessage();
            return Problem.refused(FieldError.at(pointer, "invalid_value", message));
        }
        throw new IllegalStateException("A value cannot be made of what was sent", e);
    }

    private static Problem mismatch(JsonMappingException e, String pointer, JsonNode found, List<String> beside) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return Problem.malformed(unknownField(unknown, pointer, beside));
        }
        var target = e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (found.isTextual() && target != null && target.isEnum()) {
            return Problem.refused(unknownValue(found.textValue(), target).under(pointer));
        }
        if (e instanceof InvalidFormatException && found.isTextual() && Expected.isText(target)) {
            var detail = Quoted.of(found.textValue()) + " cannot be read as " + Expected.of(target);
            return Problem.malformed(FieldError.at(pointer, "invalid_format", detail));
        }
        var detail = "must be " + Expected.of(target) + (found.isMissingNode() ? "" : ", and is " + kindOf(found));
        return Problem.malformed(FieldError.at(pointer, "wrong_type", detail));
    }

    private static FieldError unknownField(UnrecognizedPropertyException e, String pointer, List<String> beside) {
        Collection<Object> known = e.getKnownPropertyIds() == null ? List.of() : e.getKnownPropertyIds();
        var here = pointer.lastIndexOf('/') == 0 ? beside : List.<String>of();
        var names = Stream.concat(known.stream().map(Object::toString), here.stream())
                .toList();
        var field = e.getPropertyName();
        var detail = Quoted.of(field) + " is not a field here" + Nearest.didYouMeanName(field, names);
        return FieldError.at(pointer, "unknown_field", detail);
    }

    private static FieldError unknownValue(String text, Class<?> enumType) {
        return Names.unknown(text, Names.of(enumType));
    }

    private static <X extends Throwable> @Nullable X cause(Throwable e, Class<X> type) {
        Throwable at = e;
        for (int depth = 0; at != null && depth < DEEPEST_CAUSE; depth++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }

    /** What a node is, in a form that fits a sentence. */
    static String kindOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a string";
            case BOOLEAN -> "a boolean";
            case NUMBER -> node.isIntegralNumber() ? "a whole number" : "a number with a fraction or an exponent";
            default -> "null";
        };
    }
}
