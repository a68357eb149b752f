package io.phaseledger.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads an object of any fields that stays a tree, and refuses in it what cannot be stored. */
final class ObjectDeserializer extends StdDeserializer<ObjectNode> {

    private static final JsonDeserializer<?> TREES = JsonNodeDeserializer.getDeserializer(ObjectNode.class);

    ObjectDeserializer() {
        super(ObjectNode.class);
    }

    @Override
    public @Nullable ObjectNode deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            return (ObjectNode) context.handleUnexpectedToken(ObjectNode.class, parser);
        }
        var tree = (ObjectNode) TREES.deserialize(parser, context);
        var unstorable = Unstorable.in(tree);
        if (!unstorable.isEmpty()) {
            BindingErrors.add(Problem.refused(unstorable), parser, context);
        }
        return tree;
    }
}
