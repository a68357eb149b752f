package io.phaseledger.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.database.Statements;
import io.phaseledger.http.Json;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A row of the ledger as the table in BigQuery has it.
 *
 * @param tree the twelve columns, by name
 * @param key what identifies a row of another writer; null when the row does not say when it was known
 */
record MirroredRow(long position, ObjectNode tree, @Nullable String key) {

    /** As {@link LedgerRows} selects it. */
    static MirroredRow read(ResultSet row, Json json) throws SQLException {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("phase", row.getString("phase"));
        tree.put("game_date", row.getString("game_date"));
        tree.put("processor_name", row.getString("processor_name"));
        tree.put("status", row.getString("status"));
        tree.put("record_count", row.getObject("record_count", Long.class));
        tree.put("correlation_id", row.getString("correlation_id"));
        tree.put("execution_id", row.getString("execution_id"));
        tree.put("completed_at", text(Statements.instant(row, "completed_at")));
        tree.put("is_incremental", row.getBoolean("is_incremental"));
        entities(tree.putArray("entities_changed"), row.getArray("entities_changed"));
        tree.set("metadata", metadata(row, json));
        tree.put("inserted_at", text(Statements.instant(row, "inserted_at")));
        return new MirroredRow(row.getLong("position"), tree, row.getString("row_key"));
    }

    private static void entities(ArrayNode into, Array names) throws SQLException {
        for (String name : (String[]) names.getArray()) {
            into.add(name);
        }
    }

    private static ObjectNode metadata(ResultSet row, Json json) throws SQLException {
        String said = row.getString("metadata");
        ObjectNode metadata = said == null
                ? JsonNodeFactory.instance.objectNode()
                : (ObjectNode) BigQueryNumbers.numbers(json.tree(said.getBytes(StandardCharsets.UTF_8)));
        metadata.set(Column.OWN, own(row));
        return metadata;
    }

    private static ObjectNode own(ResultSet row) throws SQLException {
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        own.put("id", row.getString("id"));
        own.put("position", row.getLong("position"));
        own.put("kind", row.getString("kind"));
        own.put("retracts", row.getString("retracts"));
        own.put("retracted", row.getBoolean("retracted"));
        own.put("is_backfill", row.getBoolean("is_backfill"));
        own.put("started_at", text(Statements.instant(row, "started_at")));
        own.put("expected_count", row.getObject("expected_count", Long.class));
        own.put("row_hash", HexFormat.of().formatHex(row.getBytes("row_hash")));
        String foreign = row.getString("retracts_row");
        if (foreign != null) {
            own.put("retracts_row", foreign);
        }
        return own;
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    JsonNode own(String field) {
        return tree.path("metadata").path(Column.OWN).path(field);
    }
}
