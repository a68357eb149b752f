package io.phaseledger.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value that is one token of JSON, and takes no other kind of token for it: Jackson would make a number of a
 * string, and throw at the first fault.
 */
public class ScalarDeserializer<T> extends StdScalarDeserializer<T> {

    private final transient Reading<T> reading;

    public ScalarDeserializer(Class<T> type, Reading<T> reading) {
        super(type);
        this.reading = reading;
    }

    /** One that JSON writes as a string. */
    static <T> ScalarDeserializer<T> ofText(Class<T> type, Function<String, T> parse) {
        return new ScalarDeserializer<>(
                type, parser -> parser.hasToken(JsonToken.VALUE_STRING) ? parse.apply(parser.getText()) : null);
    }

    @Override
    @SuppressWarnings("unchecked") // The context answers with our own type, or throws.
    public @Nullable T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        try {
            var value = reading.read(parser);
            return value == null ? (T) context.handleUnexpectedToken(_valueClass, parser) : value;
        } catch (Problem e) {
            BindingErrors.add(e, parser, context);
            return null;
        }
    }

    /** How a token is read. */
    public interface Reading<T> {

        /**
         * The value of the current token; null where it is of another kind.
         *
         * @throws Problem with errors at the empty pointer
         */
        @Nullable
        T read(JsonParser parser) throws IOException;
    }
}
