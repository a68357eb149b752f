package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A run event of OpenLineage (https://openlineage.io/docs/spec/object-model), turned into a report as it is posted.
 *
 * <p>The date is the one that {@code nominalStartTime} is written with, in its own offset: the scheduler of a run for
 * {@code 2026-02-02T00:00:00-05:00} means February 2nd, which that is in UTC too, and by
 * {@code 2026-02-02T22:00:00-05:00} as well, which in UTC it is not. Without a nominal time there is no date, for when a
 * job ran is not what it ran for.
 */
final class LineageEvent {

    private static final String NOMINAL_TIME = "/run/facets/nominalTime/nominalStartTime";

    /**
     * An instant, however its zone is written; what is not of this form goes to the ledger as it is, to be refused.
     */
    private static final Pattern INSTANT =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[Tt ]\\d{2}:\\d{2}(:\\d{2}([.,]\\d+)?)?"
                    + "( ?UTC|[Zz]|[+-]\\d{2}(:?\\d{2})?)?(\\[[^\\]]+\\])?");

    /** Says something about a run and nothing about whether its work is done. */
    private static final String OTHER = "OTHER";

    private static final Map<String, String> STATUSES = Map.of(
            "START", "running", "RUNNING", "running", "COMPLETE", "success", "FAIL", "failed", "ABORT", "failed");

    private static final List<String> TYPES = List.of("START", "RUNNING", "COMPLETE", "ABORT", "FAIL", OTHER);

    private static final Map<String, String> PLACES = Map.of(
            "phase", "/job/namespace",
            "processor_name", "/job/name",
            "status", "/eventType",
            "game_date", NOMINAL_TIME,
            "completed_at", "/eventTime",
            "execution_id", "/run/runId",
            "correlation_id", "/run/facets/parent/run/runId",
            "record_count", "/outputs");

    private final JsonNode event;
    private final ObjectNode fields = JsonNodeFactory.instance.objectNode();

    private LineageEvent(JsonNode event) {
        this.event = event;
    }

    /**
     * The report that it is, by what its type means; empty for one that does not say whether work is done.
     *
     * @param phases of job namespaces; one that is not among them is gone by itself
     */
    static Optional<ReadReport> read(JsonNode event, Map<String, String> phases) {
        String type = event.path("eventType").asText().toUpperCase(Locale.ROOT);
        if (type.equals(OTHER)) {
            return Optional.empty();
        }
        String status = STATUSES.get(type);
        if (status == null) {
            throw Problem.refused(
                    FieldError.at("/eventType", "unknown_value", "must be one of " + String.join(", ", TYPES)));
        }
        LineageEvent reading = new LineageEvent(event);
        reading.fields.put("status", status);
        reading.takeNames(phases.get(event.at("/job/namespace").asText()));
        reading.takeDate();
        reading.set("completed_at", event.path("eventTime"));
        reading.set("execution_id", event.at("/run/runId"));
        reading.set("correlation_id", event.at("/run/facets/parent/run/runId"));
        reading.takeCount();
        reading.fields.set("metadata", reading.metadata());
        return Optional.of(new ReadReport(reading.fields, PLACES, null));
    }

    /** @param phase that the job belongs to; null to go by the namespace */
    private void takeNames(@Nullable String phase) {
        if (phase != null) {
            fields.put("phase", phase);
        } else {
            set("phase", lastSegment(event.at("/job/namespace"), "[/.:]"));
        }
        set("processor_name", lastSegment(event.at("/job/name"), "[/.]"));
    }

    private static JsonNode lastSegment(JsonNode name, String separator) {
        if (!name.isTextual()) {
            return name;
        }
        String[] segments = name.textValue().split(separator, -1);
        return JsonNodeFactory.instance.textNode(segments[segments.length - 1]);
    }

    private void takeDate() {
        JsonNode nominal = event.at(NOMINAL_TIME);
        Matcher instant = INSTANT.matcher(nominal.asText());
        if (nominal.isTextual() && instant.matches()) {
            fields.put("game_date", instant.group(1));
        } else {
            set("game_date", nominal);
        }
    }

    /** Of all outputs that say how many rows they got; what is no number goes to the ledger to be refused. */
    private void takeCount() {
        BigInteger sum = null;
        for (JsonNode output : datasets("outputs")) {
            JsonNode rows = output.at("/outputFacets/outputStatistics/rowCount");
            if (rows.isMissingNode() || rows.isNull()) {
                continue;
            }
            if (!rows.isIntegralNumber()) {
                set("record_count", rows);
                return;
            }
            sum = (sum == null ? BigInteger.ZERO : sum).add(rows.bigIntegerValue());
        }
        if (sum != null) {
            fields.put("record_count", sum);
        }
    }

    /** What tells people where it came from. */
    private ObjectNode metadata() {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        copy(event.path("producer"), metadata, "producer");
        copy(event.at("/job/namespace"), metadata, "job_namespace");
        copy(event.at("/job/name"), metadata, "job_name");
        copy(event.at("/run/facets/errorMessage/message"), metadata, "error_message");
        for (String side : new String[] {"inputs", "outputs"}) {
            for (JsonNode dataset : datasets(side)) {
                metadata.withArray(side)
                        .add(dataset.path("namespace").asText() + "/"
                                + dataset.path("name").asText());
            }
        }
        return metadata;
    }

    /** @throws Problem 400 where these are no list: what they say would be passed over */
    private JsonNode datasets(String side) {
        JsonNode datasets = event.path(side);
        if (!datasets.isArray() && !datasets.isMissingNode() && !datasets.isNull()) {
            throw Problem.malformed(FieldError.at("/" + side, "wrong_type", "must be a list of datasets"));
        }
        return datasets;
    }

    private static void copy(JsonNode value, ObjectNode to, String name) {
        if (value.isTextual()) {
            to.set(name, value);
        }
    }

    private void set(String field, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull()) {
            fields.set(field, value);
        }
    }
}
