package io.phaseledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads JSON strictly, and says everything that is wrong with it at once. */
@Singleton
public class Json {

    private final ObjectMapper mapper;
    private final Constraints constraints;
    private final JsonFactory kept;
    private final Json lenient;

    /** Made once a type: to look for its deserializer anew costs as much as to read a small value. */
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    @Inject
    Json(ObjectMapper mapper, Constraints constraints) {
        this.mapper = mapper;
        this.constraints = constraints;
        this.kept = StrictJson.ofWhatIsKept(mapper.getFactory());
        this.lenient = new Json(this, mapper.copy().registerModule(new LenientValues()));
    }

    private Json(Json strict, ObjectMapper mapper) {
        this.mapper = mapper;
        this.constraints = strict.constraints;
        this.kept = strict.kept;
        this.lenient = this;
    }

    /** The same for what other programs write in forms of their own, which are those of {@link LenientValues}. */
    public Json lenient() {
        return lenient;
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

    /** Reads again what {@link #bytes} wrote of something ours, without asking whether it would be taken today. */
    public <T> T ours(String text, Class<T> type) {
        try {
            return mapper.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is ours can be read", e);
        }
    }

    /** A tree that was read, as text that is read as the same; numbers that cannot be written out keep their exponent. */
    public String text(JsonNode tree) {
        try {
            var writer = mapper.writer().without(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
            var text = writer.writeValueAsString(tree);
            return UTF_8.newEncoder().canEncode(text)
                    ? text
                    : writer.with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(tree); // Half a surrogate pair.
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read can be written", e);
        }
    }

    /**
     * Reads one JSON object in UTF-8 and checks it against its type's constraints.
     *
     * <p>A constraint's message may begin with a code, {@code "invalid_name: must begin with a letter"}; without one the
     * code comes from the annotation, {@code required}, {@code out_of_range} and so on.
     */
    <T> Bound<T> bind(byte[] body, Class<T> type) {
        return bind(parser(mapper.getFactory(), JsonText.ofUtf8(body)), type, List.of());
    }

    /**
     * Reads a tree, or a part of one, in the same way; pointers start at this part.
     *
     * @throws Problem 400 with all that cannot be read, or 422 with all that is refused
     */
    public <T> T read(JsonNode tree, Class<T> type) {
        return read(tree, type, List.of());
    }

    /** The same, where the body may have had fields beside those of the type: they are offered for a misspelt one. */
    public <T> T read(JsonNode tree, Class<T> type, List<String> beside) {
        return bind(mapper.treeAsTokens(tree), type, beside).get();
    }

    private <T> Bound<T> bind(JsonParser parser, Class<T> type, List<String> beside) {
        var errors = new BindingErrors(beside);
        T value = value(parser, type, errors);
        if (value != null) {
            errors.add(constraints.violated(value, errors.all()));
        }
        return new Bound<>(value, errors);
    }

    private <T> @Nullable T value(JsonParser parser, Class<T> type, BindingErrors errors) {
        var reader = errors.gatheredBy(readers.computeIfAbsent(type, mapper::readerFor));
        return JsonText.oneValue(parser, reader::readValue);
    }

    /**
     * Takes a field out of an object and reads it by itself; null where it is absent or null.
     *
     * @throws Problem that points at the field
     */
    public <T> @Nullable T take(ObjectNode object, String field, Class<T> type) {
        var value = object.remove(field);
        if (value == null) {
            return null;
        }
        var errors = new BindingErrors(List.of());
        T taken = value(mapper.treeAsTokens(value), type, errors);
        errors.check(FieldError.step(field));
        return taken;
    }

    /**
     * Reads one JSON value in UTF-8 without binding it; that its strings can be stored is checked by {@link #read}.
     *
     * @throws Problem 400 {@code body_missing}, {@code malformed_json}, {@code duplicate_field}, {@code trailing_content}
     *     or {@code json_limit}
     */
    public JsonNode tree(byte[] body) {
        return tree(mapper.getFactory(), JsonText.ofUtf8(body));
    }

    /** The same of an object, or 400 {@code wrong_type}. */
    ObjectNode object(byte[] body) {
        var tree = tree(body);
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw BindingErrors.wrongType("", ObjectNode.class, tree.asToken());
    }

    /** Reads again what {@link #text} wrote of a body, perhaps with something around it: it may be a little larger. */
    public JsonNode keptTree(String text) {
        return tree(kept, text);
    }

    private JsonNode tree(JsonFactory factory, String text) {
        return Objects.requireNonNull(JsonText.oneValue(parser(factory, text), mapper::readTree));
    }

    private static JsonParser parser(JsonFactory factory, String text) {
        try {
            return factory.createParser(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from a string", e);
        }
    }

    /**
     * What was made of a body; what could not be read of it is null.
     *
     * @param value null where there is nothing of it
     */
    record Bound<T>(@Nullable T value, BindingErrors errors) {

        /** @throws Problem 400 with all that cannot be read, or 422 with all that is refused */
        T get() {
            errors.check("");
            if (value == null) {
                throw BindingErrors.wrongType("", Object.class, JsonToken.VALUE_NULL);
            }
            return value;
        }
    }
}
