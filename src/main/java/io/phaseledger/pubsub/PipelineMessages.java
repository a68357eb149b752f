package io.phaseledger.pubsub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.Json;
import io.phaseledger.subscription.Message;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is told in the words of the pipeline: the message that its processors publish and its subscribers read.
 *
 * <p>A verdict is told as if the policy were a processor of a phase of its name, so that a subscriber which starts work
 * when a phase is complete starts it when a policy is ready.
 */
@ApplicationScoped
class PipelineMessages {

    /** Who triggered what a subscriber starts, unless the report said who triggered it itself. */
    private static final String TRIGGER = "phase_ledger";

    /** What the message has and a report has not: taken from the report's metadata, where it was put when it came. */
    private static final List<String> MORE = List.of(
            "output_table", "output_dataset", "records_failed", "parent_processor", "error_message", "error_type");

    private static final List<String> TRIGGERS = List.of("trigger_source", "trigger_message_id");
    private static final String DURATION = "duration_seconds";

    private final Json json;

    PipelineMessages(Json json) {
        this.json = json;
    }

    /** The data of a message to a topic, as JSON; of what the pipeline has no word for, the CloudEvent. */
    String of(Message message) {
        if (message.event().equals("completion") || message.event().equals("retraction")) {
            return text(completion(message));
        }
        return message.data().has("policy") && message.data().has("to") ? text(verdict(message)) : message.cloudEvent();
    }

    private ObjectNode completion(Message message) {
        JsonNode row = message.data();
        JsonNode said = row.path("metadata");
        ObjectNode told = json.mapper().createObjectNode();
        for (String field : List.of(
                "processor_name", "phase", "execution_id", "correlation_id", "game_date", "status", "record_count")) {
            told.set(field, row.path(field).isMissingNode() ? null : row.get(field));
        }
        told.set("timestamp", row.get("completed_at"));
        MORE.forEach(field -> told.set(field, said.path(field).isMissingNode() ? null : said.get(field)));
        told.put("trigger_source", said.path("trigger_source").asText(TRIGGER));
        told.put("trigger_message_id", said.path("trigger_message_id").asText(message.id()));
        told.set(DURATION, said.has(DURATION) ? said.get(DURATION) : duration(row));
        told.set("metadata", metadata(row, said));
        return told;
    }

    private JsonNode duration(JsonNode row) {
        return row.path("started_at").isTextual()
                ? json.mapper().getNodeFactory().numberNode(seconds(row) / 1000.0)
                : json.mapper().nullNode();
    }

    private static long seconds(JsonNode row) {
        return Duration.between(
                        Instant.parse(row.get("started_at").asText()),
                        Instant.parse(row.get("completed_at").asText()))
                .toMillis();
    }

    private ObjectNode metadata(JsonNode row, JsonNode said) {
        ObjectNode metadata = json.mapper().createObjectNode();
        metadata.set("is_incremental", row.get("is_incremental"));
        metadata.set("entities_changed", row.get("entities_changed"));
        said.properties().forEach(field -> {
            if (!MORE.contains(field.getKey())
                    && !TRIGGERS.contains(field.getKey())
                    && !field.getKey().equals(DURATION)) {
                metadata.set(field.getKey(), field.getValue());
            }
        });
        return metadata;
    }

    private ObjectNode verdict(Message message) {
        JsonNode change = message.data();
        String state = change.path("to").asText();
        ObjectNode told = json.mapper().createObjectNode();
        told.set("processor_name", change.get("policy"));
        told.set("phase", change.get("policy"));
        told.putNull("execution_id").putNull("correlation_id");
        told.set("game_date", change.get("game_date"));
        told.put("status", state.equals("ready") ? "success" : state).putNull("record_count");
        told.put("timestamp", message.at().toString());
        told.put("trigger_source", TRIGGER).put("trigger_message_id", message.id());
        ObjectNode metadata = told.putObject("metadata").put("is_incremental", false);
        metadata.putArray("entities_changed");
        metadata.set("verdict", change);
        return told;
    }

    private String text(ObjectNode message) {
        return new String(json.bytes(message), StandardCharsets.UTF_8);
    }
}
