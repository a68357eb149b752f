package io.phaseledger.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a value that JSON writes as a string; anything but a string is the wrong type. */
final class TextDeserializer<T> extends StdScalarDeserializer<T> {

    private final Function<String, T> parse;

    /** @param parse throws a {@link Problem}, which Jackson carries to the one who knows the pointer. */
    TextDeserializer(Class<T> type, Function<String, T> parse) {
        super(type);
        this.parse = parse;
    }

    @Override
    @SuppressWarnings("unchecked") // The context answers with our own type, or throws.
    public @Nullable T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (T) context.handleUnexpectedToken(_valueClass, parser);
        }
        return parse.apply(parser.getText());
    }
}
