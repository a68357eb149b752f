package io.phaseledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Values that a schema of the contract does not allow, by what is wrong with them. */
final class BadValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Map<String, List<String>> BAD_FORMATS = Map.of(
            "date", List.of("2026-02-30", "TODAY", "2026-2-3", "20260203", "", "9999-01-01", "0000-00-00"),
            "date-time",
                    List.of("2026-02-03T07:00:00", "2026-02-30T07:00:00Z", "2026-02-03T25:00:00Z", "yesterday", ""),
            "duration", List.of("6", "6 h", "PT", "-6h", "P1Y", ""));

    private final JsonNode schema;
    private final String types;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();

    BadValues(JsonNode schema) {
        this.schema = schema;
        this.types = types(schema);
        addWrongTypes();
        addTexts();
        addNumbers();
        addArrays();
    }

    void each(BiConsumer<String, JsonNode> action) {
        values.forEach(action);
    }

    /** Values that are just allowed, made of one that is. */
    static List<JsonNode> atTheBoundsOf(JsonNode schema, JsonNode good) {
        List<JsonNode> values = new ArrayList<>();
        for (String bound : List.of("minimum", "maximum")) {
            if (schema.has(bound)) {
                values.add(schema.path(bound));
            }
        }
        for (String bound : List.of("minLength", "maxLength")) {
            if (schema.has(bound)) {
                values.add(NODES.textNode("x".repeat(schema.path(bound).asInt())));
            }
        }
        if (schema.has("maxItems")) {
            values.add(BadBodies.times(schema.path("maxItems").asInt(), good.path(0)));
        }
        return values;
    }

    private static String types(JsonNode schema) {
        StringBuilder types = new StringBuilder(schema.path("type").toString());
        schema.path("oneOf").forEach(each -> types.append(each.path("type")));
        return types.toString();
    }

    private boolean is(String type) {
        return types.contains("\"" + type + "\"");
    }

    private void addWrongTypes() {
        if (types.equals("")) {
            return;
        }
        add("a string", is("string"), NODES.textNode("x y"));
        add("a number", is("integer") || is("number"), NODES.numberNode(7));
        add("a boolean", is("boolean"), NODES.booleanNode(true));
        add("an array", is("array"), NODES.arrayNode());
        add("an object", is("object"), NODES.objectNode());
        values.put("2^1000", NODES.numberNode(BigInteger.TWO.pow(1_000)));
    }

    private void add(String kind, boolean allowed, JsonNode value) {
        if (!allowed) {
            values.put(kind, value);
        }
    }

    private void addTexts() {
        for (String text : BAD_FORMATS.getOrDefault(schema.path("format").asText(), List.of())) {
            values.put("wrong format " + text, NODES.textNode(text));
        }
        for (JsonNode word : schema.path("enum")) {
            values.put("misspelt " + word.asText(), NODES.textNode(Misspelling.of(word.asText())));
        }
        add("no such word", !schema.has("enum"), NODES.textNode("SUCCESS"));
        add("NUL", !is("string"), NODES.textNode("a\0"));
        for (String text : List.of("1 \u00e4", " ")) {
            boolean allowed = !schema.has("pattern")
                    || Pattern.compile(schema.path("pattern").asText())
                            .matcher(text)
                            .find();
            add("outside of the pattern '" + text + "'", allowed, NODES.textNode(text));
        }
        if (schema.has("maxLength")) {
            values.put(
                    "too long",
                    NODES.textNode("x".repeat(schema.path("maxLength").asInt() + 1)));
        }
        add("too short", !schema.has("minLength"), NODES.textNode(""));
    }

    private void addNumbers() {
        if (is("integer")) {
            values.put("a fraction", NODES.numberNode(new BigDecimal("1.5")));
            values.put("2^63", NODES.numberNode(BigInteger.TWO.pow(63)));
            values.put(
                    "-2^63-1", NODES.numberNode(BigInteger.TWO.pow(63).negate().subtract(BigInteger.ONE)));
        }
        if (is("integer") || is("number")) {
            values.put("1e401", NODES.numberNode(new BigDecimal("1e401")));
            values.put("1e-401", NODES.numberNode(new BigDecimal("1e-401")));
        }
        if (schema.has("minimum")) {
            values.put(
                    "too small",
                    NODES.numberNode(schema.path("minimum").decimalValue().subtract(BigDecimal.ONE)));
        }
        if (schema.has("maximum")) {
            values.put(
                    "too large",
                    NODES.numberNode(schema.path("maximum").decimalValue().add(BigDecimal.ONE)));
        }
    }

    private void addArrays() {
        if (!is("array")) {
            return;
        }
        values.put("an array of null", NODES.arrayNode().addNull());
        values.put("an array of what it may not have", NODES.arrayNode().add(true));
        if (schema.has("maxItems")) {
            JsonNode item = schema.at("/items/type").asText().equals("string") ? NODES.textNode("a") : NODES.nullNode();
            values.put("too many", BadBodies.times(schema.path("maxItems").asInt() + 1, item));
        }
        if (schema.at("/items/maxLength").isInt()) {
            values.put(
                    "an item too long",
                    NODES.arrayNode()
                            .add("x".repeat(schema.at("/items/maxLength").asInt() + 1)));
        }
    }
}
