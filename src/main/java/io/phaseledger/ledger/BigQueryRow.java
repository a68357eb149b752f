package io.phaseledger.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row as BigQuery writes it, turned into one as it is posted.
 *
 * <p>{@code EXPORT DATA} and {@code bq query --format=json} write whole numbers and booleans as strings, JSON columns as
 * text, and a TIMESTAMP, which is always UTC, with a space and often without saying so
 * (https://cloud.google.com/bigquery/docs/exporting-data#json_export_details). What is in no such form stays as it is.
 */
final class BigQueryRow {

    private static final List<String> NUMBERS = List.of("record_count", "expected_count");
    private static final List<String> BOOLEANS = List.of("is_incremental", "is_backfill");
    private static final List<String> TIMESTAMPS = List.of("started_at", "completed_at", "inserted_at");

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");

    private static final Pattern TIMESTAMP = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}) (\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?) ?(UTC|Z|[+-]\\d{2}(?::?\\d{2})?)?");

    private final Json json;

    BigQueryRow(Json json) {
        this.json = json;
    }

    /**
     * The row in the form of a POST, as a tree of its own.
     *
     * @throws Problem 400 at {@code /metadata} when its text is no JSON
     */
    ObjectNode posted(ObjectNode exported) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.setAll(exported); // Its values are put in the place of others here, and none is changed.
        NUMBERS.forEach(name -> replaceText(row, name, BigQueryRow::number));
        BOOLEANS.forEach(name -> replaceText(row, name, BigQueryRow::bool));
        TIMESTAMPS.forEach(name -> replaceText(row, name, BigQueryRow::timestamp));
        replaceText(row, "metadata", this::document);
        if (row.path("entities_changed").isNull()) {
            row.putArray("entities_changed");
        }
        return row;
    }

    private static void replaceText(ObjectNode row, String name, UnaryOperator<JsonNode> form) {
        JsonNode value = row.path(name);
        if (value.isTextual()) {
            row.set(name, form.apply(value));
        }
    }

    private static JsonNode number(JsonNode text) {
        return WHOLE_NUMBER.matcher(text.textValue()).matches()
                ? LongNode.valueOf(Long.parseLong(text.textValue()))
                : text;
    }

    private static JsonNode bool(JsonNode text) {
        return switch (text.textValue()) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            default -> text;
        };
    }

    private static JsonNode timestamp(JsonNode text) {
        if (text.textValue().indexOf(' ') < 0) {
            return text; // As it is posted, which is the usual way; not looked at more closely.
        }
        Matcher parts = TIMESTAMP.matcher(text.textValue());
        return parts.matches() ? TextNode.valueOf(rfc3339(parts)) : text;
    }

    private static String rfc3339(Matcher parts) {
        String zone = parts.group(3);
        String offset = zone == null || zone.equals("UTC") ? "Z" : zone;
        if (offset.length() == "+00".length()) {
            offset += ":00";
        } else if (offset.length() == "+0000".length()) {
            offset = offset.substring(0, 3) + ":" + offset.substring(3);
        }
        return parts.group(1) + "T" + parts.group(2) + offset;
    }

    private JsonNode document(JsonNode text) {
        try {
            return json.tree(text.textValue().getBytes(StandardCharsets.UTF_8));
        } catch (Problem e) {
            throw e.under("/metadata");
        }
    }
}
