package io.phaseledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Puts values where nobody would, in bodies that are JSON still and in targets that are URLs still. */
final class HostileValues {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final List<JsonNode> VALUES = List.of(
                    "null",
                    "true",
                    "{}",
                    "[]",
                    "[[]]",
                    "[null]",
                    "{\"\":null}",
                    "0",
                    "-0",
                    "-1",
                    "-0.0",
                    "0.5",
                    "1.0",
                    "1e2",
                    "2147483648",
                    "-2147483649",
                    "9223372036854775807",
                    "9223372036854775808",
                    "1e308",
                    "1e309",
                    "1e400",
                    "1e-400",
                    "9".repeat(400),
                    "-" + "9".repeat(399),
                    "0." + "0".repeat(390) + "1",
                    "\"\"",
                    "\" \"",
                    "\"\\u0000\"",
                    "\"\\ud83c\"",
                    "\"\\ud83c\\udfc0\"",
                    "\"\\u202e\\ufeff\"",
                    "\"'; --\"",
                    "\"%00%ff{}\"",
                    "\"" + "x".repeat(70_000) + "\"",
                    "\"2026-02-03\"",
                    "\"0000-01-01\"",
                    "\"+999999999-12-31\"",
                    "\"2026-02-03T24:00:00Z\"",
                    "\"2026-02-03T23:59:60Z\"",
                    "\"-1000000000-01-01T00:00:00Z\"",
                    "\"2026-03-08T02:30:00-05:00[America/New_York]\"",
                    "\"PT9223372036854775807S\"",
                    "\"PT-0.000000001S\"",
                    "\"P106751991167300D\"",
                    "\"99999999999999999999h\"",
                    "\"America/New_York\"",
                    "\"-18:00\"",
                    "\"http://[::1%25lo]:99999/\"",
                    "\"https://user:secret@127.0.0.1/\"",
                    "\"urn:x\"",
                    "\"00000000-0000-0000-0000-000000000000\"")
            .stream()
            .map(HostileValues::parsed)
            .toList();

    /** A URL has no room for the others. */
    private static final List<String> SHORT = VALUES.stream()
            .map(value -> value.isTextual() ? value.textValue() : value.toString())
            .filter(text -> text.length() < 500)
            .toList();

    /** A segment after /v1/, or what stands after an equals sign. */
    private static final Pattern PART = Pattern.compile("(?<=/v1/[^?]{0,200}/)[^/?]+|(?<==)[^&]*");

    private final Random chance;

    HostileValues(Random chance) {
        this.chance = chance;
    }

    /** With one to three of its values put elsewhere, doubled, taken out or made hostile; as it is if it is no JSON. */
    byte[] in(byte[] body) {
        try {
            JsonNode tree = JSON.readTree(body);
            for (int times = chance.nextInt(3) + 1; times > 0; times--) {
                change(tree);
            }
            return JSON.writeValueAsBytes(tree);
        } catch (IOException
                | NumberFormatException e) { // The latter of an exponent that no number of Java's can have.
            return body;
        }
    }

    /** With one segment of its path, or one value of its query, made hostile. */
    String inTarget(String target) {
        List<MatchResult> parts = PART.matcher(target).results().toList();
        if (parts.isEmpty()) {
            return target;
        }
        MatchResult part = one(parts);
        String value = URLEncoder.encode(one(SHORT), UTF_8).replace("+", "%20");
        return target.substring(0, part.start()) + value + target.substring(part.end());
    }

    private void change(JsonNode tree) {
        List<JsonNode> values = new ArrayList<>();
        List<Consumer<JsonNode>> places = new ArrayList<>();
        collect(tree, values, places);
        if (!places.isEmpty()) {
            JsonNode value = one(chance.nextInt(5) == 0 ? values : VALUES);
            one(places).accept(value.deepCopy());
        }
    }

    /** Everything in a tree, and what puts something else in its place or beside it. */
    private void collect(JsonNode node, List<JsonNode> values, List<Consumer<JsonNode>> places) {
        values.add(node);
        if (node instanceof ObjectNode object) {
            object.fieldNames()
                    .forEachRemaining(name -> places.add(
                            chance.nextInt(10) == 0 ? value -> object.remove(name) : value -> object.set(name, value)));
        } else if (node instanceof ArrayNode array) {
            places.add(array::add);
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                places.add(value -> array.set(at, value));
            }
        }
        node.forEach(part -> collect(part, values, places));
    }

    private <T> T one(List<T> of) {
        return of.get(chance.nextInt(of.size()));
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
