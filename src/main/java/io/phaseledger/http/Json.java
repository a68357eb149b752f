package io.phaseledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads bodies strictly, and says everything that is wrong with one at once. */
@Singleton
public class Json {

    private final ObjectMapper mapper;
    private final Validator validator;
    private final JsonFactory kept;

    /** Made once a type: to look for its deserializer anew costs as much as to read a small value. */
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    Json(ObjectMapper mapper, Validator validator) {
        this.mapper = mapper;
        this.validator = validator;
        this.kept = StrictJson.ofWhatIsKept(mapper.getFactory());
    }

    /** The mapper that reads requests and writes answers; what it must not do is change its settings. */
    public ObjectMapper mapper() {
        return mapper;
    }

    /** Writes what is answered. */
    public byte[] bytes(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is ours can be written", e);
        }
    }

    /** A tree that was read, as text that is read as the same; numbers that cannot be written out keep their exponent. */
    public String text(JsonNode tree) {
        try {
            return mapper.writer()
                    .without(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read can be written", e);
        }
    }

    /**
     * Reads one JSON object in UTF-8 and checks it against its type's constraints.
     *
     * <p>A constraint's message may begin with a code, {@code "invalid_name: must begin with a letter"}; without one the
     * code comes from the annotation, {@code required}, {@code out_of_range} and so on.
     *
     * @throws Problem 400 with all that cannot be read, or 422 with all that is refused
     */
    public <T> T read(byte[] body, Class<T> type) {
        return read(tree(body), type);
    }

    /** The same for a tree that {@link #tree} gave, or a part of one; pointers start at this part. */
    public <T> T read(JsonNode tree, Class<T> type) {
        return read(tree, type, List.of());
    }

    /** The same, where the body may have had fields beside those of the type: they are offered for a misspelt one. */
    public <T> T read(JsonNode tree, Class<T> type, List<String> beside) {
        return binding(type, beside).bind(tree);
    }

    /**
     * Takes a field out of an object and reads it by itself; null where it is absent or null.
     *
     * @throws Problem that points at the field
     */
    public <T> @Nullable T take(ObjectNode object, String field, Class<T> type) {
        var value = object.remove(field);
        return value == null || value.isNull() ? null : binding(type, List.of()).bindField(field, value);
    }

    private <T> Binding<T> binding(Class<T> type, List<String> beside) {
        return new Binding<>(readers.computeIfAbsent(type, mapper::readerFor), validator, beside);
    }

    /**
     * Reads one JSON value in UTF-8 without binding it; that its strings can be stored is checked by {@link #read}.
     *
     * @throws Problem 400 {@code body_missing}, {@code malformed_json}, {@code duplicate_field}, {@code trailing_content}
     *     or {@code json_limit}
     */
    public JsonNode tree(byte[] body) {
        var text = decode(body);
        if (text.isBlank()) {
            throw malformed("body_missing", "is missing; JSON is needed here");
        }
        return tree(text, mapper.getFactory());
    }

    /** Reads again what {@link #text} wrote of a body, perhaps with something around it: it may be a little larger. */
    public JsonNode keptTree(String text) {
        return tree(text, kept);
    }

    private JsonNode tree(String text, JsonFactory factory) {
        try (var parser = factory.createParser(text)) {
            return oneValue(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from a string", e);
        }
    }

    private JsonNode oneValue(JsonParser parser) throws IOException {
        try {
            var tree = mapper.<JsonNode>readTree(parser);
            if (parser.nextToken() != null) {
                throw malformed("trailing_content", "has more after its first JSON value");
            }
            return tree;
        } catch (NumberFormatException e) { // Of an exponent that no number of Java's can have.
            throw malformed(parser, "json_limit", "is too large or too small a number");
        } catch (StreamConstraintsException e) {
            throw malformed(parser, "json_limit", limit(e.getOriginalMessage()));
        } catch (JsonProcessingException e) {
            throw syntaxError(parser, e);
        }
    }

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

    private static String limit(String message) {
        return LIMITS.entrySet().stream()
                .filter(each -> message.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> "is beyond a limit: " + String.join(", ", LIMITS.values()));
    }

    private static Problem syntaxError(JsonParser parser, JsonProcessingException e) {
        var message = e instanceof JsonEOFException
                ? "it ends too early"
                : ADVICE.matcher(e.getOriginalMessage()).replaceAll("");
        if (message.startsWith("Duplicate field")) {
            var pointer = parser.getParsingContext().pathAsPointer().toString();
            return Problem.malformed(FieldError.at(pointer, "duplicate_field", "the field is given twice"));
        }
        var at = e.getLocation();
        var place = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return malformed(parser, "malformed_json", "is not JSON: " + message + place);
    }

    private static Problem malformed(JsonParser parser, String code, String detail) {
        var pointer = parser.getParsingContext().pathAsPointer();
        while (pointer.toString().length() > LONGEST_POINTER) {
            pointer = pointer.head();
        }
        return Problem.malformed(FieldError.at(pointer.toString(), code, detail));
    }

    private static String decode(byte[] body) {
        var text = new String(body, UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeStrictly(body);
    }

    private static String decodeStrictly(byte[] body) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString(); // Reports, where new String replaces.
        } catch (CharacterCodingException e) {
            throw malformed("malformed_json", "is not UTF-8");
        }
    }

    private static Problem malformed(String code, String detail) {
        return Problem.malformed(FieldError.at("", code, detail));
    }
}
