package io.phaseledger.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one body, gathered while it is read: Jackson tells of each fault and reads on, and the field at fault
 * is null in what it makes.
 */
final class BindingErrors extends DeserializationProblemHandler {

    /** How many faults of one body are named. */
    static final int MOST = 20;

    private final List<String> beside;
    private final List<FieldError> malformed = new ArrayList<>();
    private final List<FieldError> refused = new ArrayList<>();

    /** @param beside names of fields that the body may have beside those of its type: they are offered for a misspelt one */
    BindingErrors(List<String> beside) {
        this.beside = beside;
    }

    /** A reader that tells this of faults. */
    ObjectReader gatheredBy(ObjectReader reader) {
        return reader.withHandler(this).withAttribute(BindingErrors.class, this);
    }

    /** Adds what a deserializer refuses; where it reads something else than a body, that is thrown. */
    static void add(Problem fault, JsonParser parser, DeserializationContext context) throws IOException {
        if (!(context.getAttribute(BindingErrors.class) instanceof BindingErrors errors)) {
            throw fault;
        }
        errors.add(fault.under(pointer(parser)));
        parser.skipChildren();
    }

    /** Where the value is that begins or stands here. */
    static String pointer(JsonParser parser) {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    private void add(Problem fault) {
        fault.errors().forEach(error -> add(error, fault.isMalformed() ? malformed : refused));
    }

    /** Adds what is refused of what could be read. */
    void add(List<FieldError> violations) {
        violations.forEach(error -> add(error, refused));
    }

    private void add(FieldError error, List<FieldError> errors) {
        if (malformed.size() + refused.size() < MOST) {
            errors.add(error);
        }
    }

    List<FieldError> all() {
        return Stream.concat(malformed.stream(), refused.stream()).toList();
    }

    /**
     * Says what is wrong, if anything is.
     *
     * @param prefix put before each pointer
     * @throws Problem 400 with everything where something cannot be read, else 422 where something is refused
     */
    void check(String prefix) {
        if (!malformed.isEmpty()) {
            throw Problem.malformed(all()).under(prefix);
        }
        if (!refused.isEmpty()) {
            throw Problem.refused(refused).under(prefix);
        }
    }

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            JsonDeserializer<?> deserializer,
            Object beanOrClass,
            String name)
            throws IOException {
        var pointer = pointerOfField(name, parser, context.getParser());
        var known = deserializer.getKnownPropertyNames();
        add(unknownField(pointer, name, known == null ? List.of() : known));
        parser.skipChildren();
        return true;
    }

    /** What a record does not know is told once the record has ended, and from a copy that does not know where it was. */
    private static String pointerOfField(String name, JsonParser parser, JsonParser body) {
        return parser == body ? pointer(parser) : pointer(body) + FieldError.step(name);
    }

    private Problem unknownField(String pointer, String name, Collection<Object> known) {
        var here = pointer.lastIndexOf('/') == 0 ? beside : List.<String>of();
        var names = Stream.concat(known.stream().map(Object::toString), here.stream())
                .toList();
        var detail = Quoted.of(name) + " is not a field here" + Nearest.didYouMeanName(name, names);
        return Problem.malformed(FieldError.at(pointer, "unknown_field", detail));
    }

    @Override
    public @Nullable Object handleUnexpectedToken(
            DeserializationContext context, JavaType wanted, JsonToken token, JsonParser parser, String message)
            throws IOException {
        add(wrongType(pointer(parser), wanted.getRawClass(), token));
        parser.skipChildren();
        return null;
    }

    static Problem wrongType(String pointer, Class<?> wanted, JsonToken found) {
        var detail = "must be " + Expected.of(wanted) + ", and is " + Expected.kindOf(found);
        return Problem.malformed(FieldError.at(pointer, "wrong_type", detail));
    }
}
