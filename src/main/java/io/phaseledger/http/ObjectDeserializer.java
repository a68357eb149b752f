package io.phaseledger.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object of any fields that stays a tree, and refuses in it what cannot be stored. Where that is lenient, a text of
 * JSON is read as what it says.
 */
final class ObjectDeserializer extends StdDeserializer<ObjectNode> {

    private static final JsonDeserializer<?> TREES = JsonNodeDeserializer.getDeserializer(ObjectNode.class);

    private final boolean isLenient;

    ObjectDeserializer(boolean isLenient) {
        super(ObjectNode.class);
        this.isLenient = isLenient;
    }

    @Override
    public @Nullable ObjectNode deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (isLenient && parser.hasToken(JsonToken.VALUE_STRING)) {
            return ofText(parser, context);
        }
        if (!parser.isExpectedStartObjectToken()) {
            return (ObjectNode) context.handleUnexpectedToken(ObjectNode.class, parser);
        }
        var tree = (ObjectNode) TREES.deserialize(parser, context);
        refuseUnstorable(tree, parser, context);
        return tree;
    }

    /** What {@code null} says is nothing. */
    private @Nullable ObjectNode ofText(JsonParser parser, DeserializationContext context) throws IOException {
        try {
            var mapper = (ObjectMapper) parser.getCodec();
            var tree = JsonText.oneValue(mapper.createParser(parser.getText()), mapper::<JsonNode>readTree);
            if (tree instanceof ObjectNode object) {
                refuseUnstorable(object, parser, context);
                return object;
            }
            if (tree != null && !tree.isNull()) {
                throw BindingErrors.wrongType("", ObjectNode.class, tree.asToken());
            }
        } catch (Problem e) {
            BindingErrors.add(e, parser, context);
        }
        return null;
    }

    private static void refuseUnstorable(ObjectNode tree, JsonParser parser, DeserializationContext context)
            throws IOException {
        var unstorable = Unstorable.in(tree);
        if (!unstorable.isEmpty()) {
            BindingErrors.add(Problem.refused(unstorable), parser, context);
        }
    }
}
