package io.phaseledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what is to be one JSON value, and says in our words why it is none. */
public final class JsonText {

    /** What String puts where it finds no UTF-8; it may also have been sent. */
    private static final char REPLACEMENT = '\ufffd';

    /** Which limit was gone beyond, by what Jackson's message begins with. */
    private static final Map<String, String> LIMITS = Map.of(
            "Document nesting", "nests deeper than " + StrictJson.DEEPEST + " levels",
            "String", "has a string of more than " + StrictJson.LONGEST_STRING + " characters",
            "Number", "has a number of more than " + StrictJson.LONGEST_NUMBER + " characters",
            "Name", "has a field's name of more than " + StrictJson.LONGEST_NAME + " characters");

    /** What a client can do nothing with. */
    private static final Pattern ADVICE = Pattern.compile(": enable `[^`]*` to allow");

    /** How long a pointer to a place in broken JSON may be; a longer one ends at a value around it. */
    private static final int LONGEST_POINTER = 200;

    private JsonText() {}

    /** How the value that begins here is read. */
    interface Reading<T> {
        @Nullable
        T read(JsonParser parser) throws IOException;
    }

    /** @throws Problem 400 {@code body_missing} or {@code malformed_json} */
    static String ofUtf8(byte[] body) {
        var text = new String(body, UTF_8);
        if (text.isBlank()) {
            throw malformed("", "body_missing", "is missing; JSON is needed here");
        }
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeStrictly(body);
    }

    private static String decodeStrictly(byte[] body) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString(); // Reports, where new String replaces.
        } catch (CharacterCodingException e) {
            throw malformed("", "malformed_json", "is not UTF-8");
        }
    }

    /** Reads all that a parser has. */
    static <T> @Nullable T oneValue(JsonParser parser, Reading<T> reading) {
        try (parser) {
            return strictly(parser, reading);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory", e);
        }
    }

    private static <T> @Nullable T strictly(JsonParser parser, Reading<T> reading) throws IOException {
        try {
            var value = reading.read(parser);
            if (parser.nextToken() != null) {
                throw malformed("", "trailing_content", "has more after its first JSON value");
            }
            return value;
        } catch (JsonProcessingException | NumberFormatException e) {
            throw Problem.malformed(fault(e, parser));
        }
    }

    /**
     * What is wrong with what a parser could not read, and where. Jackson wraps what it meets within an array or object.
     *
     * @param e what it threw
     */
    public static FieldError fault(Throwable e, JsonParser parser) {
        if (has(e, NumberFormatException.class)) { // Of an exponent that no number of Java's can have.
            return FieldError.at(shortPointer(parser), "json_limit", "is too large or too small a number");
        }
        if (e instanceof StreamConstraintsException limit) {
            return FieldError.at(shortPointer(parser), "json_limit", limit(limit.getOriginalMessage()));
        }
        if (e instanceof StreamReadException syntax) {
            return syntaxError(syntax, parser);
        }
        if (e.getCause() != null) {
            return fault(e.getCause(), parser);
        }
        if (e instanceof MismatchedInputException misfit && misfit.getTargetType() != null) {
            return BindingErrors.wrongType(shortPointer(parser), misfit.getTargetType(), parser.currentToken())
                    .errors()
                    .get(0);
        }
        throw new IllegalStateException("A value cannot be made of what was sent", e);
    }

    private static boolean has(Throwable e, Class<?> type) {
        return type.isInstance(e) || (e.getCause() != null && has(e.getCause(), type));
    }

    private static String limit(String message) {
        return LIMITS.entrySet().stream()
                .filter(each -> message.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> "is beyond a limit: " + String.join(", ", LIMITS.values()));
    }

    private static FieldError syntaxError(StreamReadException e, JsonParser parser) {
        var message = e instanceof JsonEOFException
                ? "it ends too early"
                : ADVICE.matcher(e.getOriginalMessage()).replaceAll("");
        if (message.startsWith("Duplicate field")) {
            return FieldError.at(BindingErrors.pointer(parser), "duplicate_field", "the field is given twice");
        }
        var at = e.getLocation();
        var place = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return FieldError.at(shortPointer(parser), "malformed_json", "is not JSON: " + message + place);
    }

    private static String shortPointer(JsonParser parser) {
        var pointer = parser.getParsingContext().pathAsPointer();
        while (pointer.toString().length() > LONGEST_POINTER) {
            pointer = pointer.head();
        }
        return pointer.toString();
    }

    private static Problem malformed(String pointer, String code, String detail) {
        return Problem.malformed(FieldError.at(pointer, code, detail));
    }
}
