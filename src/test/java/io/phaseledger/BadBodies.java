package io.phaseledger;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Requests of one operation that are wrong in their body, as a whole or in one field. */
final class BadBodies {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String DUPLICATE = "@duplicate@";
    private static final int DEEP = 5_000;

    /** What they send has fields that are not known here, and where it is wrong it is kept (.ci/schemathesis). */
    private static final String OTHER_SYSTEMS = "/v1/ingest/";

    private final SampleRequest sample;
    private final SchemaSample schemas;
    private final List<BadRequest> requests = new ArrayList<>();

    private BadBodies(SampleRequest sample) {
        this.sample = sample;
        this.schemas = new SchemaSample(sample.operation().contract());
    }

    static List<BadRequest> of(SampleRequest sample) {
        BadBodies all = new BadBodies(sample);
        if (sample.hasBody()) {
            all.addWholes();
        }
        if (sample.hasBody() && !sample.operation().path().startsWith(OTHER_SYSTEMS)) {
            all.walk(sample.operation().requestBody().at("/content/application~1json/schema"), "");
        }
        return all.requests;
    }

    private void addWholes() {
        String good = sample.body().toString();
        whole("a second value", good + good, "trailing_content", "malformed_json");
        whole("cut off", good.substring(0, good.length() - 2), "malformed_json");
        whole("a bracket too many", good + "}", "malformed_json", "trailing_content");
        whole("not JSON", "phase=phase4", "malformed_json");
        whole("null", "null", "wrong_type");
        whole("a string", "\"x\"", "wrong_type");
        whole("a number", "1", "wrong_type");
        whole("the wrong bracket", sample.body().isArray() ? "{}" : "[]", "wrong_type");
        whole("deep", "[".repeat(DEEP) + "]".repeat(DEEP), "json_limit", "malformed_json");
        bytes("UTF-16", good.getBytes(UTF_16), "malformed_json");
        bytes("not UTF-8", new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'}, "malformed_json");
        bytes("overlong UTF-8", new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'}, "malformed_json");
        if (sample.operation().requestBody().path("required").asBoolean()) {
            whole("empty", "", "body_missing");
            whole("blank", " \n", "body_missing");
        }
    }

    private void whole(String kind, String body, String... codes) {
        bytes(kind, body.getBytes(UTF_8), codes);
    }

    private void bytes(String kind, byte[] body, String... codes) {
        requests.add(BadRequest.of(kind, "", sample.raw(body), codes));
    }

    private void walk(JsonNode schema, String pointer) {
        JsonNode plain = schemas.plain(schema);
        if (SchemaSample.isArray(plain)) {
            walk(plain.path("items"), pointer + "/0");
        }
        for (Map.Entry<String, JsonNode> each : schemas.properties(plain).entrySet()) {
            JsonNode field = schemas.plain(each.getValue());
            // A field that is passed over has no more than its words; a policy within has the requests of its PUT.
            if (field.size() > 2 && !field.has("allOf")) {
                addField(plain, each.getKey(), each.getValue(), pointer);
                walk(each.getValue(), pointer + "/" + each.getKey());
            }
        }
    }

    private void addField(JsonNode owner, String name, JsonNode schema, String parent) {
        String pointer = parent + "/" + name;
        String misspelt = Misspelling.of(name);
        JsonNode value = sample.body().at(pointer);
        requests.add(BadRequest.of(
                        "misspelt",
                        parent + "/" + misspelt,
                        changed(parent, object -> object.set(misspelt, object.remove(name))),
                        "unknown_field")
                .offering(name));
        String twice = text(parent, object -> object.set(DUPLICATE, value)).replace(DUPLICATE, name);
        requests.add(BadRequest.of("twice", pointer, sample.raw(twice.getBytes(UTF_8)), "duplicate_field"));
        if (schemas.requires(owner, name)) {
            requests.add(BadRequest.of("missing", pointer, changed(parent, object -> object.remove(name)), "required"));
            set(pointer, "null", NODES.nullNode(), "required");
        }
        new BadValues(schemas.plain(schema)).each((kind, wrong) -> set(pointer, kind, wrong));
        if (value instanceof ArrayNode good) {
            addItems(schemas.plain(schemas.plain(schema).path("items")), good, pointer);
        }
        raw(pointer, "NaN", "NaN");
        raw(pointer, "too many digits", "1".repeat(401));
        raw(pointer, "an exponent that no type holds", "1e99999999999");
        raw(pointer, "deep", "[".repeat(DEEP) + "]".repeat(DEEP));
        raw(pointer, "deep objects", "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP));
        raw(pointer, "half a surrogate pair", "\"\\ud800\"");
    }

    /** Wrong ones after the good ones: the good must not hide them, and they must not spoil the good. */
    private void addItems(JsonNode schema, ArrayNode good, String pointer) {
        String last = pointer + "/" + good.size();
        Map<String, JsonNode> wrong = new LinkedHashMap<>();
        wrong.put("null", NODES.nullNode());
        new BadValues(schema).each(wrong::put);
        wrong.forEach((kind, item) ->
                set(pointer, "after good ones, " + kind, last, good.deepCopy().add(item)));
    }

    private void set(String pointer, String kind, JsonNode wrong, String... codes) {
        set(pointer, kind, pointer, wrong, codes);
    }

    private void set(String pointer, String kind, String place, JsonNode wrong, String... codes) {
        int end = pointer.lastIndexOf('/');
        String name = pointer.substring(end + 1);
        requests.add(BadRequest.of(
                kind, place, changed(pointer.substring(0, end), object -> object.set(name, wrong)), codes));
    }

    /** With something that is no JSON, or too much for a tree. */
    private void raw(String pointer, String kind, String json) {
        int end = pointer.lastIndexOf('/');
        String text = text(pointer.substring(0, end), object -> object.put(pointer.substring(end + 1), DUPLICATE));
        requests.add(BadRequest.of(
                kind,
                pointer,
                sample.raw(text.replace("\"" + DUPLICATE + "\"", json).getBytes(UTF_8))));
    }

    private RawRequest changed(String parent, Consumer<ObjectNode> change) {
        return sample.raw(text(parent, change).getBytes(UTF_8));
    }

    private String text(String parent, Consumer<ObjectNode> change) {
        JsonNode copy = sample.body().deepCopy();
        change.accept((ObjectNode) copy.at(parent));
        return copy.toString();
    }

    static ArrayNode times(int count, JsonNode item) {
        ArrayNode array = NODES.arrayNode(count);
        for (int i = 0; i < count; i++) {
            array.add(item);
        }
        return array;
    }
}
