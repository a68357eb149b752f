package io.phaseledger.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table in BigQuery, as {@link Sql} selects it.
 *
 * @param tree the twelve columns, by name, as {@link MirroredRow} has them; metadata that is no JSON is its text
 */
record TableRow(ObjectNode tree) {

    static TableRow read(Function<String, @Nullable String> row, Json json) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("phase", row.apply("phase"));
        tree.put("game_date", row.apply("game_date"));
        tree.put("processor_name", row.apply("processor_name"));
        tree.put("status", row.apply("status"));
        String count = row.apply("record_count");
        tree.put("record_count", count == null ? null : Long.valueOf(count));
        tree.put("correlation_id", row.apply("correlation_id"));
        tree.put("execution_id", row.apply("execution_id"));
        tree.put("completed_at", instant(row.apply("completed_at")));
        String incremental = row.apply("is_incremental");
        tree.put("is_incremental", incremental == null ? null : Boolean.valueOf(incremental));
        tree.set("entities_changed", document(row.apply("entities_changed"), json));
        tree.set("metadata", document(row.apply("metadata"), json));
        tree.put("inserted_at", instant(row.apply("inserted_at")));
        return new TableRow(tree);
    }

    private static @Nullable String instant(@Nullable String micros) {
        return micros == null
                ? null
                : Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS).toString();
    }

    private static JsonNode document(@Nullable String text, Json json) {
        if (text == null) {
            return NullNode.instance;
        }
        try {
            return json.tree(text.getBytes(StandardCharsets.UTF_8));
        } catch (Problem e) {
            return TextNode.valueOf(text);
        }
    }

    /** Whether a ledger brought it. */
    boolean isOwn() {
        return own("id").isTextual();
    }

    JsonNode own(String field) {
        return tree.path("metadata").path(Column.OWN).path(field);
    }
}
