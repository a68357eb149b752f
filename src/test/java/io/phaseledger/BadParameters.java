package io.phaseledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Requests of one operation that are wrong in a parameter, made of what the contract says of it. */
final class BadParameters {

    private static final List<String> BAD_DATES =
            List.of("2026-02-30", "2026-13-01", "TODAY", "2026-2-3", "20260203", "x", "9999-01-01", "0000-01-01");
    private static final List<String> BAD_INSTANTS = List.of(
            "2026-02-03T07:00:00",
            "2026-02-30T07:00:00Z",
            "2026-02-03T25:00:00Z",
            "yesterday",
            "2026-02-03",
            "1770102000");
    private static final List<String> BAD_INTEGERS =
            List.of("x", "1.5", "1e3", "-1", "99999999999999999999", "9223372036854775808", "+1", "NaN", "0x10");

    /** What cannot be read of these is as if it had not been sent. */
    private static final List<String> HINTS = List.of("If-None-Match", "Prefer");

    private final SampleRequest sample;
    private final List<BadRequest> requests = new ArrayList<>();

    private BadParameters(SampleRequest sample) {
        this.sample = sample;
    }

    static List<BadRequest> of(SampleRequest sample) {
        BadParameters all = new BadParameters(sample);
        all.addQuery("not_a_parameter", "1", "unknown", "unknown_parameter");
        sample.operation().parameters().forEach(all::addAll);
        return all.requests;
    }

    private void addAll(JsonNode parameter) {
        String name = parameter.path("name").asText();
        switch (parameter.path("in").asText()) {
            case "query" -> addQueries(name, parameter);
            case "header" -> addHeaders(name);
            default -> addPaths(name, parameter);
        }
    }

    private void addQueries(String name, JsonNode parameter) {
        JsonNode schema = parameter.path("schema");
        String good = parameter.has("example") ? parameter.path("example").asText() : firstOf(schema);
        String misspelt = Misspelling.of(name);
        requests.add(BadRequest.of(
                        "misspelt", misspelt, sample.withQuery(misspelt, good).raw(), "unknown_parameter")
                .offering(name));
        addRaw(name, name + "=", "blank", "blank_parameter");
        addRaw(name, name, "bare", "blank_parameter");
        addRaw(name, name + "=%20", "white", "blank_parameter");
        addRaw(name, name + "=%00", "NUL", "invalid_character");
        addRaw(name, name + "=%ed%a0%80", "lone surrogate", "invalid_character");
        if (!SchemaSample.isArray(schema)) {
            addRaw(name, name + "=1&" + name + "=2", "repeated", "repeated_parameter");
        }
        wrongValues(schema, name).forEach(value -> addQuery(name, value, "wrong value " + value));
        if (parameter.path("required").asBoolean()) {
            var query = new java.util.LinkedHashMap<>(sample.query());
            query.remove(name);
            SampleRequest without = new SampleRequest(sample.operation(), sample.path(), query, sample.body());
            requests.add(BadRequest.of("missing", name, without.raw(), "required"));
        }
    }

    private static String firstOf(JsonNode schema) {
        return schema.has("enum")
                ? schema.path("enum").get(0).asText()
                : schema.path("default").asText();
    }

    private static List<String> wrongValues(JsonNode schema, String name) {
        List<String> wrong = new ArrayList<>();
        if (schema.has("enum")) {
            schema.path("enum").forEach(each -> wrong.add(Misspelling.of(each.asText())));
            schema.path("enum").forEach(each -> wrong.add(each.asText().toUpperCase(java.util.Locale.ROOT)));
        }
        switch (schema.path("format").asText()
                + schema.path("type").path(0).asText(schema.path("type").asText())) {
            case "datestring" -> wrong.addAll(BAD_DATES);
            case "date-timestring" -> wrong.addAll(BAD_INSTANTS);
            case "int64integer", "integer" -> wrong.addAll(BAD_INTEGERS);
            case "boolean" -> wrong.addAll(List.of("yes", "True", "1", "null"));
            default ->
                wrong.addAll(
                        name.equals("within") ? List.of("6", "6 hours", "-6h", "P1Y", "1e9h", "999999d") : List.of());
        }
        if (schema.has("pattern")) {
            Pattern pattern = Pattern.compile(schema.path("pattern").asText());
            Stream.of("1x", "a b", "ä", "x".repeat(129))
                    .filter(each -> !pattern.matcher(each).find())
                    .forEach(wrong::add);
        }
        if (schema.has("maximum")) {
            wrong.add(Long.toString(schema.path("maximum").asLong() + 1));
        }
        return wrong;
    }

    /** An If-None-Match that is no ETag fits no answer, which is no fault. */
    private void addHeaders(String name) {
        if (HINTS.contains(name)) {
            return;
        }
        RawRequest good = sample.raw();
        requests.add(BadRequest.of("blank header", name, good.with(name, ""), "blank_parameter"));
        requests.add(BadRequest.of("white header", name, good.with(name, "  "), "blank_parameter"));
        requests.add(
                BadRequest.of("repeated header", name, good.with(name, "\"1\"").with(name, "\"2\"")));
        requests.add(BadRequest.of("long header", name, good.with(name, "x".repeat(256))));
    }

    private void addPaths(String name, JsonNode parameter) {
        JsonNode schema = parameter.path("schema");
        List<String> wrong = new ArrayList<>(wrongValues(schema, name));
        if (name.equals("game_date") && wrong.isEmpty()) {
            wrong.addAll(BAD_DATES);
        }
        wrong.forEach(value -> requests.add(BadRequest.of(
                "wrong path " + value, name, sample.withPath(name, value).raw())));
    }

    private void addQuery(String name, String value, String kind, String... codes) {
        requests.add(BadRequest.of(kind, name, sample.withQuery(name, value).raw(), codes));
    }

    /** In the place of what the sample says about the parameter. */
    private void addRaw(String name, String query, String kind, String... codes) {
        RawRequest good = sample.raw();
        String rest = good.target().replaceAll("([?&])" + name + "=[^&]*", "$1");
        String target = rest + (rest.contains("?") ? "&" : "?") + query;
        requests.add(BadRequest.of(kind, name, good.withTarget(target), codes));
    }
}
