package io.phaseledger.run;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Identifier;
import io.phaseledger.http.Problem;
import io.phaseledger.http.WrittenTime;
import io.phaseledger.run.RunEvent.EventType;
import io.phaseledger.run.RunEvent.Output;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a run event of OpenLineage (https://openlineage.io/docs/spec/object-model), as its senders write it. */
final class EventReader {

    /** Characters of what is only shown. */
    private static final int LONGEST_NOTE = 10_000;

    /** Datasets that are read of each side. */
    private static final int MOST_DATASETS = 1_000;

    /** Inputs that are shown. */
    private static final int MOST_INPUTS = 200;

    private static final String FACETS = "/run/facets";
    private static final String NOMINAL = FACETS + "/nominalTime/nominal";
    private static final String ROWS = "/outputFacets/outputStatistics/rowCount";

    private final JsonNode event;

    /** What is read of it; the rest may be a thousand times as long. */
    private final ObjectNode facts = JsonNodeFactory.instance.objectNode();

    private final RunEvent read;

    /**
     * Reads it.
     *
     * @param id under which it is stored
     * @param by the principal that sent it
     * @throws Problem 400 or 422 when it cannot be read, pointing into it
     */
    EventReader(JsonNode event, UUID id, String by) {
        this.event = event;
        this.read = read(id, by);
    }

    RunEvent event() {
        return read;
    }

    /** The event without what is not read: read again, it says the same. */
    ObjectNode facts() {
        return facts;
    }

    private RunEvent read(UUID id, String by) {
        RunKey key = new RunKey(name("/job/namespace"), name("/run/runId"));
        EventType type = type();
        WrittenTime time = time("/eventTime");
        if (time == null) {
            throw Problem.refused(FieldError.at("/eventTime", "required", "must not be null"));
        }
        boolean isDagRun = event.at(FACETS + "/airflowDagRun/dagRun").isObject();
        String dagRun = FACETS + (isDagRun ? "/airflowDagRun/dagRun" : "/airflow/dagRun");
        JsonNode tryNumber = at(FACETS + "/airflow/taskInstance/try_number");
        return new RunEvent(
                id,
                key,
                type,
                time,
                name("/job/name"),
                parent(),
                nominal(),
                interval(dagRun),
                mapIndex(),
                tryNumber.isInt() ? tryNumber.intValue() : null,
                isSkip(type),
                at(FACETS + "/airflow/task/task_id").textValue(),
                dagRun(key.namespace(), dagRun),
                isTaskOfAirflow() && !event.at(FACETS).has("airflow"),
                isDagRun,
                taskStates(),
                outputs(),
                notes(),
                by);
    }

    private EventType type() {
        String name = at("/eventType").asText().toUpperCase(Locale.ROOT);
        return Stream.of(EventType.values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.refused(FieldError.at(
                        "/eventType", "unknown_value", "must be one of START, RUNNING, COMPLETE, ABORT, FAIL, OTHER")));
    }

    /** What is there, which is noted. */
    private JsonNode at(String pointer) {
        JsonNode value = event.at(pointer);
        if (!value.isMissingNode() && !value.isNull()) {
            JsonPointer place = JsonPointer.compile(pointer);
            facts.withObject(place.head()).set(place.last().getMatchingProperty(), value);
        }
        return value;
    }

    private String name(String pointer) {
        return Identifier.required(at(pointer), pointer);
    }

    private @Nullable WrittenTime time(String pointer) {
        JsonNode time = at(pointer);
        if (time.isMissingNode() || time.isNull()) {
            return null;
        }
        return WrittenTime.readDay(time.asText().strip())
                .orElseThrow(() -> Problem.malformed(
                        FieldError.at(pointer, "invalid_instant", "is not an instant such as 2026-02-03T07:00:00Z")));
    }

    private @Nullable RunKey parent() {
        JsonNode run = at(FACETS + "/parent/run/runId");
        if (!run.isTextual()) {
            return null;
        }
        String namespace = at(FACETS + "/parent/job/namespace").isTextual()
                ? name(FACETS + "/parent/job/namespace")
                : name("/job/namespace");
        return new RunKey(namespace, name(FACETS + "/parent/run/runId"));
    }

    private @Nullable Span nominal() {
        WrittenTime start = date(NOMINAL + "StartTime");
        return start == null ? null : new Span(start, date(NOMINAL + "EndTime"));
    }

    /** A template that was not filled in, for one, is no date. */
    private @Nullable WrittenTime date(String pointer) {
        try {
            return time(pointer);
        } catch (Problem e) {
            throw Problem.malformed(FieldError.at(pointer, "invalid_date", "has no date such as 2026-02-02"));
        }
    }

    /** What is no time there is passed over: the facet is Airflow's own and may change. */
    private @Nullable Span interval(String dagRun) {
        Optional<WrittenTime> date = facetTime(dagRun + "/logical_date");
        Optional<WrittenTime> start = facetTime(dagRun + "/data_interval_start");
        WrittenTime end = facetTime(dagRun + "/data_interval_end").orElse(null);
        return date.or(() -> start).map(from -> new Span(from, end)).orElse(null);
    }

    private Optional<WrittenTime> facetTime(String pointer) {
        return WrittenTime.readDay(at(pointer).asText("").strip());
    }

    private @Nullable Integer mapIndex() {
        JsonNode index = at(FACETS + "/airflow/taskInstance/map_index");
        if (index.isInt() && index.intValue() >= 0) {
            return index.intValue();
        }
        return at(FACETS + "/airflow/task/mapped").asBoolean() ? -1 : null;
    }

    private boolean isTaskOfAirflow() {
        JsonNode jobType = at("/job/facets/jobType");
        return jobType.path("integration").asText().equalsIgnoreCase("airflow")
                && jobType.path("jobType").asText().equals("TASK");
    }

    /** An Airflow task says so in its state; dbt aborts what it skips, and only that of its nodes. */
    private boolean isSkip(EventType type) {
        JsonNode jobType = at("/job/facets/jobType");
        boolean isNode = at("/job/facets/dbt_node/unique_id").isTextual()
                || (jobType.path("integration").asText().equalsIgnoreCase("dbt")
                        && jobType.hasNonNull("jobType")
                        && !jobType.path("jobType").asText().equals("JOB"));
        return (type == EventType.ABORT && isNode)
                || at(FACETS + "/airflow/taskInstance/state").asText().equals("skipped");
    }

    /** What a DAG run was configured with may be secret, so no more is read of it. */
    private @Nullable String dagRun(String namespace, String dagRun) {
        String dag = at(dagRun + "/dag_id").asText("");
        String run = at(dagRun + "/run_id").asText("");
        boolean isName = !dag.isEmpty() && !run.isEmpty() && dag.length() + run.length() <= Identifier.LONGEST;
        return isName && (dag + run).codePoints().noneMatch(Identifier::isUnstorable)
                ? String.join("\n", "dag", namespace, dag, run)
                : null;
    }

    private Map<String, String> taskStates() {
        Map<String, String> states = new TreeMap<>();
        at(FACETS + "/airflowState/tasksState")
                .properties()
                .forEach(each -> states.put(each.getKey(), each.getValue().asText()));
        return states;
    }

    private List<Output> outputs() {
        List<Output> outputs = new ArrayList<>();
        for (JsonNode output : datasets("outputs")) {
            outputs.add(new Output(dataset(output), records(output.at(ROWS), "/outputs/" + outputs.size() + ROWS)));
        }
        return outputs;
    }

    private static @Nullable Long records(JsonNode rows, String pointer) {
        if (rows.isMissingNode() || rows.isNull()) {
            return null;
        }
        try {
            long records = new BigDecimal(rows.asText()).longValueExact();
            if (records >= 0) {
                return records;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw Problem.malformed(FieldError.at(pointer, "wrong_type", "must be a whole number"));
        }
        throw Problem.refused(FieldError.at(pointer, "out_of_range", "must not be negative"));
    }

    /** @throws Problem 400 where these are no list: what they say would be passed over */
    private ArrayNode datasets(String side) {
        JsonNode datasets = event.path(side);
        if (!datasets.isArray() && !datasets.isMissingNode() && !datasets.isNull()) {
            throw Problem.malformed(FieldError.at("/" + side, "wrong_type", "must be a list of datasets"));
        }
        if (datasets.size() > MOST_DATASETS) {
            throw Problem.refused(
                    FieldError.at("/" + side, "invalid_size", "must have at most " + MOST_DATASETS + " datasets"));
        }
        ArrayNode read = facts.putArray(side);
        for (JsonNode dataset : datasets) {
            ObjectNode copy = read.addObject();
            copy.set("namespace", dataset.path("namespace").isTextual() ? dataset.get("namespace") : null);
            copy.set("name", dataset.path("name").isTextual() ? dataset.get("name") : null);
            if (dataset.at(ROWS).isValueNode()) {
                copy.withObject("/outputFacets/outputStatistics").set("rowCount", dataset.at(ROWS));
            }
        }
        return read;
    }

    private static String dataset(JsonNode dataset) {
        return storable(
                dataset.path("namespace").asText("") + "/"
                        + dataset.path("name").asText(""),
                Identifier.LONGEST);
    }

    private Map<String, Object> notes() {
        Map<String, Object> notes = new LinkedHashMap<>();
        note(notes, "producer", "/producer");
        note(notes, "error_message", FACETS + "/errorMessage/message");
        List<String> inputs = new ArrayList<>();
        datasets("inputs").forEach(input -> inputs.add(dataset(input)));
        notes.put("inputs", inputs.stream().limit(MOST_INPUTS).toList());
        return notes;
    }

    private void note(Map<String, Object> notes, String name, String pointer) {
        if (at(pointer).isTextual()) {
            notes.put(name, storable(at(pointer).textValue(), LONGEST_NOTE));
        }
    }

    /** The database keeps no U+0000, and half a surrogate pair is no character. */
    private static String storable(String text, int longest) {
        StringBuilder storable = new StringBuilder();
        text.codePoints()
                .limit(longest)
                .map(each -> each == 0 || (each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE)
                        ? '\uFFFD'
                        : each)
                .forEach(storable::appendCodePoint);
        return storable.toString();
    }
}
