package io.phaseledger.run;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.run.RunEvent.EventType;
import io.phaseledger.run.RunEvent.Output;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a run event of OpenLineage (https://openlineage.io/docs/spec/object-model), as its senders write it. */
final class EventReader {

    /** Characters of what names a run or a job; an index entry holds that many. */
    private static final int LONGEST_NAME = 512;

    /** Characters of what is only shown. */
    private static final int LONGEST_NOTE = 10_000;

    /** Datasets that are read of each side. */
    private static final int MOST_DATASETS = 1_000;

    /** Inputs that are shown. */
    private static final int MOST_INPUTS = 200;

    private static final String FACETS = "/run/facets";
    private static final String NOMINAL = FACETS + "/nominalTime/nominal";
    private static final String ROWS = "/outputFacets/outputStatistics/rowCount";

    /** All that is read beside the datasets; the rest of an event may be a thousand times as long. */
    private static final List<String> READ = List.of(
            "/eventType",
            "/eventTime",
            "/producer",
            "/run/runId",
            "/job/namespace",
            "/job/name",
            "/job/facets/jobType",
            "/job/facets/dbt_node/unique_id",
            NOMINAL + "StartTime",
            NOMINAL + "EndTime",
            FACETS + "/parent/run/runId",
            FACETS + "/parent/job/namespace",
            FACETS + "/errorMessage/message",
            FACETS + "/airflow/task/task_id",
            FACETS + "/airflow/task/mapped",
            FACETS + "/airflow/taskInstance/map_index",
            FACETS + "/airflow/taskInstance/try_number",
            FACETS + "/airflow/taskInstance/state",
            FACETS + "/airflowState/tasksState");

    /** What is read of a DAG run; what it was configured with may be secret. */
    private static final List<String> READ_OF_DAG_RUN =
            List.of("dag_id", "run_id", "logical_date", "data_interval_start", "data_interval_end");

    private static final List<String> DAG_RUNS = List.of(FACETS + "/airflow/dagRun", FACETS + "/airflowDagRun/dagRun");

    private final JsonNode event;

    private EventReader(JsonNode event) {
        this.event = event;
    }

    /**
     * What it says of its run.
     *
     * @param id under which it is stored
     * @param by the principal that sent it
     * @throws Problem 400 or 422 when it cannot be read, pointing into it
     */
    static RunEvent read(JsonNode event, UUID id, String by) {
        return new EventReader(event).read(id, by);
    }

    private RunEvent read(UUID id, String by) {
        RunKey key = new RunKey(name("/job/namespace"), name("/run/runId"));
        EventType type = type();
        SaidTime time = time("/eventTime");
        if (time == null) {
            throw Problem.refused(FieldError.at("/eventTime", "required", "must not be null"));
        }
        JsonNode dagRun = at(FACETS + "/airflowDagRun/dagRun");
        boolean isDagRun = dagRun.isObject();
        JsonNode anyDagRun = isDagRun ? dagRun : at(FACETS + "/airflow/dagRun");
        return new RunEvent(
                id,
                key,
                type,
                time,
                name("/job/name"),
                parent(),
                nominal(),
                interval(anyDagRun),
                mapIndex(),
                at(FACETS + "/airflow/taskInstance/try_number").isInt()
                        ? at(FACETS + "/airflow/taskInstance/try_number").intValue()
                        : null,
                isSkip(type),
                at(FACETS + "/airflow/task/task_id").textValue(),
                dagRun(key.namespace(), anyDagRun),
                isTaskOfAirflow() && at(FACETS + "/airflow").isMissingNode(),
                isDagRun,
                taskStates(),
                outputs(),
                notes(),
                by);
    }

    private EventType type() {
        String said = event.path("eventType").asText().toUpperCase(Locale.ROOT);
        return Stream.of(EventType.values())
                .filter(type -> type.name().equals(said))
                .findFirst()
                .orElseThrow(() -> Problem.refused(FieldError.at(
                        "/eventType", "unknown_value", "must be one of START, RUNNING, COMPLETE, ABORT, FAIL, OTHER")));
    }

    private JsonNode at(String pointer) {
        return event.at(pointer);
    }

    private String name(String pointer) {
        JsonNode name = at(pointer);
        if (name.isMissingNode() || name.isNull()) {
            throw Problem.refused(FieldError.at(pointer, "required", "must not be null"));
        }
        if (!name.isTextual()) {
            throw Problem.malformed(FieldError.at(pointer, "wrong_type", "must be a string"));
        }
        String text = name.textValue();
        if (text.isBlank() || text.length() > LONGEST_NAME) {
            throw Problem.refused(
                    FieldError.at(pointer, "invalid_size", "must have 1 to " + LONGEST_NAME + " characters"));
        }
        if (text.codePoints().anyMatch(EventReader::isUnstorable)) {
            throw Problem.refused(
                    FieldError.at(pointer, "invalid_character", "has a control character or half a surrogate pair"));
        }
        return text;
    }

    private static boolean isUnstorable(int character) {
        return Character.isISOControl(character)
                || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
    }

    private @Nullable SaidTime time(String pointer) {
        JsonNode time = at(pointer);
        if (time.isMissingNode() || time.isNull()) {
            return null;
        }
        return SaidTime.parse(time.asText())
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
        SaidTime start = date(NOMINAL + "StartTime");
        return start == null ? null : new Span(start, date(NOMINAL + "EndTime"));
    }

    /** A template that was not filled in, for one, is no date. */
    private @Nullable SaidTime date(String pointer) {
        try {
            return time(pointer);
        } catch (Problem e) {
            throw Problem.malformed(FieldError.at(pointer, "invalid_date", "has no date such as 2026-02-02"));
        }
    }

    /** What is no time there is passed over: the facet is Airflow's own and may change. */
    private static @Nullable Span interval(JsonNode dagRun) {
        SaidTime start = facetTime(dagRun.path("logical_date"));
        if (start == null) {
            start = facetTime(dagRun.path("data_interval_start"));
        }
        return start == null ? null : new Span(start, facetTime(dagRun.path("data_interval_end")));
    }

    private static @Nullable SaidTime facetTime(JsonNode time) {
        return SaidTime.parse(time.asText("")).orElse(null);
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

    private static @Nullable String dagRun(String namespace, JsonNode dagRun) {
        String dag = dagRun.path("dag_id").asText("");
        String run = dagRun.path("run_id").asText("");
        boolean isName = !dag.isEmpty() && !run.isEmpty() && dag.length() + run.length() <= LONGEST_NAME;
        return isName && (dag + run).codePoints().noneMatch(EventReader::isUnstorable)
                ? "dag\n" + namespace + "\n" + dag + "\n" + run
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
        int i = 0;
        for (JsonNode output : datasets(event, "outputs")) {
            outputs.add(new Output(dataset(output), records(output.at(ROWS), "/outputs/" + i + ROWS)));
            i++;
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
    private static Iterable<JsonNode> datasets(JsonNode event, String side) {
        JsonNode datasets = event.path(side);
        if (!datasets.isArray() && !datasets.isMissingNode() && !datasets.isNull()) {
            throw Problem.malformed(FieldError.at("/" + side, "wrong_type", "must be a list of datasets"));
        }
        if (datasets.size() > MOST_DATASETS) {
            throw Problem.refused(
                    FieldError.at("/" + side, "invalid_size", "must have at most " + MOST_DATASETS + " datasets"));
        }
        return datasets;
    }

    private static String dataset(JsonNode dataset) {
        return storable(
                dataset.path("namespace").asText() + "/" + dataset.path("name").asText(), LONGEST_NAME);
    }

    private Map<String, Object> notes() {
        Map<String, Object> notes = new LinkedHashMap<>();
        note(notes, "producer", "/producer");
        note(notes, "error_message", FACETS + "/errorMessage/message");
        List<String> inputs = new ArrayList<>();
        datasets(event, "inputs").forEach(input -> inputs.add(dataset(input)));
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

    /** The event without what is not read: read again, it says the same. */
    static ObjectNode trimmed(JsonNode event) {
        ObjectNode trimmed = JsonNodeFactory.instance.objectNode();
        Stream<String> ofDagRuns =
                DAG_RUNS.stream().flatMap(run -> READ_OF_DAG_RUN.stream().map(field -> run + "/" + field));
        for (String pointer : Stream.concat(READ.stream(), ofDagRuns).toList()) {
            JsonNode value = event.at(pointer);
            if (!value.isMissingNode() && !value.isNull()) {
                JsonPointer place = JsonPointer.compile(pointer);
                trimmed.withObject(place.head()).set(place.last().getMatchingProperty(), value);
            }
        }
        for (String side : List.of("inputs", "outputs")) {
            ArrayNode datasets = trimmed.putArray(side);
            for (JsonNode dataset : datasets(event, side)) {
                ObjectNode copy = datasets.addObject();
                copy.set("namespace", dataset.path("namespace").isTextual() ? dataset.get("namespace") : null);
                copy.set("name", dataset.path("name").isTextual() ? dataset.get("name") : null);
                if (dataset.at(ROWS).isValueNode()) {
                    copy.withObject("/outputFacets/outputStatistics").set("rowCount", dataset.at(ROWS));
                }
            }
        }
        return trimmed;
    }
}
