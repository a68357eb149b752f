package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.WrittenTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A completion as the pipeline's own jobs publish it, turned into a report as it is posted.
 *
 * <p>Names go on as they are: which of them stand for others is the ledger's to say. What is null or an empty text says
 * nothing. What is no field of a report becomes metadata, so nothing is lost. {@code duration_seconds} does too: it tells
 * how long a job took and not when it began, for what it is measured from differs between jobs.
 */
final class PipelineMessage {

    private static final List<String> DATES = List.of("game_date", "data_date", "analysis_date");
    private static final List<String> ENDS = List.of("completed_at", "timestamp");

    private static final List<String> AS_THEY_ARE =
            List.of("phase", "processor_name", "record_count", "expected_count", "correlation_id", "execution_id");

    /** These stand in the metadata of a message, or beside it. */
    private static final List<String> FLAGS = List.of("is_incremental", "is_backfill", "entities_changed");

    /** Other spellings of a status, as the pipeline's jobs write them. Only those are here that can mean nothing else. */
    private static final Map<String, String> STATUSES = Map.ofEntries(
            Map.entry("complete", "success"),
            Map.entry("completed", "success"),
            Map.entry("succeeded", "success"),
            Map.entry("error", "failed"),
            Map.entry("failure", "failed"),
            Map.entry("started", "running"),
            Map.entry("in_progress", "running"));

    private final ObjectNode fields = JsonNodeFactory.instance.objectNode();
    private final Map<String, String> places = new LinkedHashMap<>();
    private final ObjectNode rest;
    private final ObjectNode inner;

    private PipelineMessage(ObjectNode message) {
        this.rest = saying(message);
        this.inner = rest.path("metadata").isObject() ? saying((ObjectNode) rest.remove("metadata")) : objectNode();
    }

    /**
     * The report that it is.
     *
     * @param publishedAt when it was sent, taken for when the work ended if it does not say that itself: a message that
     *     is read days later must not look fresh; null when that is not known
     * @param place where that is said, as a pointer
     * @param key what identifies it where it does not say which run it is of
     */
    static ReadReport read(ObjectNode message, @Nullable String publishedAt, String place, @Nullable String key) {
        PipelineMessage reading = new PipelineMessage(message);
        reading.takeFields();
        if (publishedAt != null && !reading.fields.has("completed_at")) {
            reading.fields.put("completed_at", publishedAt);
            reading.places.put("completed_at", place);
        }
        reading.keepRest();
        return new ReadReport(reading.fields, reading.places, key);
    }

    private void takeFields() {
        AS_THEY_ARE.forEach(name -> take(name, List.of(name)));
        take("game_date", DATES);
        take("completed_at", ENDS);
        take("started_at", List.of("started_at"));
        inUtc("completed_at");
        inUtc("started_at");
        take("status", List.of("status"));
        translateStatus();
        FLAGS.forEach(this::takeFlag);
    }

    /** The first of these that is there; the others stay. */
    private void take(String field, List<String> names) {
        names.stream().filter(rest::has).findFirst().ifPresent(name -> {
            fields.set(field, rest.remove(name));
            places.put(field, "/" + name);
        });
    }

    private void takeFlag(String name) {
        take(name, List.of(name));
        if (!fields.has(name) && inner.has(name)) {
            fields.set(name, inner.remove(name));
            places.put(name, "/metadata/" + name);
        }
    }

    /**
     * One that has no zone is UTC: the pipeline's jobs run in UTC and write {@code datetime.utcnow().isoformat()}. A POST
     * refuses such a text; its sender can be asked, and what these mean is known.
     */
    private void inUtc(String field) {
        String text = fields.path(field).asText();
        if (WrittenTime.read(text).filter(time -> time.offset() == null).isPresent()) {
            fields.put(field, text + "Z");
        }
    }

    /** A status that is known by no other word stays, in lower case, for the ledger to take or to refuse. */
    private void translateStatus() {
        String said = fields.path("status").textValue();
        if (said == null) {
            return;
        }
        String word = said.toLowerCase(Locale.ROOT);
        String status = STATUSES.getOrDefault(word, word);
        if (!status.equals(said)) {
            fields.put("status", status);
            rest.put("reported_status", said);
        }
    }

    /** Where the message and its metadata use one name for two things, the latter keeps a place of its own. */
    private void keepRest() {
        ObjectNode metadata = rest;
        ObjectNode hidden = objectNode();
        inner.properties().forEach(each -> {
            boolean clashes =
                    metadata.has(each.getKey()) && !metadata.get(each.getKey()).equals(each.getValue());
            (clashes ? hidden : metadata).set(each.getKey(), each.getValue());
        });
        if (!hidden.isEmpty()) {
            metadata.set("metadata", hidden);
        }
        if (!metadata.isEmpty()) {
            fields.set("metadata", metadata);
        }
    }

    /** A copy without what says nothing. */
    private static ObjectNode saying(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.properties()
                .removeIf(each -> each.getValue().isNull()
                        || (each.getValue().isTextual()
                                && each.getValue().textValue().isEmpty()));
        return copy;
    }

    private static ObjectNode objectNode() {
        return JsonNodeFactory.instance.objectNode();
    }
}
