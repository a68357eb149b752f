package io.phaseledger.run;

import io.phaseledger.http.WrittenTime;
import io.phaseledger.run.Run.Attempt;
import io.phaseledger.run.RunEvent.EventType;
import io.phaseledger.run.RunEvent.Output;
import io.phaseledger.source.GameDateFrom;
import io.phaseledger.source.Whole;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of one run, as its job is understood: a pure function of its events and those of its ancestors. */
final class RunReading {

    /** Outputs that the metadata of a row names; all of them count. */
    private static final int MOST_OUTPUTS = 200;

    private final RunGraph graph;
    private final Run run;
    private final JobInterpretation as;
    private final Instant latest;
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Held> held = new LinkedHashMap<>();
    private final List<RunState> states = new ArrayList<>();

    private RunReading(RunGraph graph, Run run, JobInterpretation as, Instant latest) {
        this.graph = graph;
        this.run = run;
        this.as = as;
        this.latest = latest;
    }

    /** @param latest what is told to have happened later is held until then */
    static RunReading of(RunGraph graph, Run run, JobInterpretation as, Instant latest) {
        RunReading reading = new RunReading(graph, run, as, latest);
        reading.run.attempts().forEach(reading::read);
        reading.run.events().stream()
                .filter(event -> !event.isTimed())
                .forEach(event -> reading.held.put(
                        event.identity(),
                        new Held("zone_missing", event.time().local() + " has no zone, and a success must have one")));
        return reading;
    }

    Run run() {
        return run;
    }

    List<Row> rows() {
        return rows;
    }

    /** Why events have no rows, by their identity. */
    Map<String, Held> held() {
        return held;
    }

    /** How it stood, each time that this was told. */
    List<RunState> states() {
        return states;
    }

    /** Whether its row tells of a part of a date. */
    boolean isPart(RunEvent event) {
        return rows.stream()
                .anyMatch(row -> row.event().identity().equals(event.identity())
                        && row.metadata().containsKey(Row.PART));
    }

    /** The event that stands for this one: the first that says so, of those that say that an attempt is under way. */
    RunEvent standsFor(RunEvent event) {
        return run.attempts().stream()
                .filter(attempt ->
                        attempt.events().contains(event) && !event.type().isOutcome())
                .findFirst()
                .flatMap(Attempt::running)
                .orElse(event);
    }

    private void read(Attempt attempt) {
        attempt.running().ifPresent(event -> read(attempt, event, "running"));
        attempt.outcomes().forEach(event -> read(attempt, event, status(attempt, event)));
    }

    private String status(Attempt attempt, RunEvent event) {
        boolean isSkip =
                event.isSkip() || (event.type() == EventType.COMPLETE && graph.isSkippedByDag(run, attempt, event));
        if (isSkip && event.type() != EventType.FAIL) {
            return "skipped";
        }
        return event.type() == EventType.COMPLETE ? "success" : "failed";
    }

    private void read(Attempt attempt, RunEvent event, String status) {
        try {
            add(attempt, event, status);
        } catch (Held e) {
            held.put(event.identity(), e);
        }
    }

    private void add(Attempt attempt, RunEvent event, String status) throws Held {
        if (graph.isCircular(run)) {
            throw new Held("parents_circular", "the run is an ancestor of itself");
        }
        if (event.at().isAfter(latest)) {
            throw new Held(Held.IN_FUTURE, event.at() + " is more than 5 minutes ahead of the ledger's clock");
        }
        Span span = span(attempt, event);
        LocalDate date = as.date(time(span));
        Optional<Integer> index = graph.mapIndex(run, attempt, event);
        boolean isPart = as.job().whole().when() != Whole.When.RUN
                || index.isPresent()
                || span.isPart(as.zones())
                || graph.hasPartAbove(run, above -> above.isPart(as.zones()));
        Map<String, Long> outputs = outputs(attempt, event);
        Long count = event.type().isOutcome() ? smallest(outputs) : null;
        states.add(new RunState(run, event, status, date, span, index, count));
        Map<String, Object> metadata = metadata(event, outputs);
        boolean isRecordedAsPart = isPart && !status.equals("failed");
        if (isRecordedAsPart) {
            metadata.put(Row.PART, part(status, span, index));
        }
        rows.add(new Row(
                run.key().name(),
                event,
                isRecordedAsPart ? "running" : status,
                date,
                correlation(event),
                count,
                metadata));
    }

    private Span span(Attempt attempt, RunEvent event) throws Held {
        Optional<Span> span =
                as.job().gameDate() == GameDateFrom.RUN ? graph.parentsSpan(run) : graph.span(run, attempt, event);
        return span.orElseThrow(() -> new Held(
                "game_date_missing", "neither the run nor a parent of it that is known says for which date it is"));
    }

    private WrittenTime time(Span span) throws Held {
        if (as.job().gameDate() != GameDateFrom.NOMINAL_END) {
            return span.start();
        }
        if (span.end() == null) {
            throw new Held("game_date_missing", "the run does not say when the interval ends that it is for");
        }
        return span.end();
    }

    /** The newest number of each output that any event of the attempt gave; null where none did. */
    private static Map<String, Long> outputs(Attempt attempt, RunEvent outcome) {
        Map<String, Long> outputs = new TreeMap<>();
        for (RunEvent event : attempt.upToNextEnd(outcome)) {
            for (Output output : event.outputs()) {
                if (output.recordCount() != null || !outputs.containsKey(output.name())) {
                    outputs.put(output.name(), output.recordCount());
                }
            }
        }
        return outputs;
    }

    private static @Nullable Long smallest(Map<String, Long> outputs) {
        return outputs.isEmpty() || outputs.containsValue(null)
                ? null
                : outputs.values().stream().min(Long::compare).orElse(null);
    }

    private Map<String, Object> metadata(RunEvent event, Map<String, Long> outputs) {
        Map<String, Object> metadata = new LinkedHashMap<>(event.notes());
        metadata.put("job_namespace", run.key().namespace());
        metadata.put("job_name", event.job());
        if (event.time().offset() == null) {
            metadata.put("warnings", List.of("zone_assumed"));
        }
        metadata.put(
                "outputs",
                outputs.entrySet().stream()
                        .limit(MOST_OUTPUTS)
                        .map(output -> new Output(output.getKey(), output.getValue()))
                        .toList());
        return metadata;
    }

    private static Map<String, Object> part(String status, Span span, Optional<Integer> index) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("status", status);
        index.ifPresent(each -> part.put("map_index", each));
        part.put("start", span.start().instant().toString());
        if (span.end() != null) {
            part.put("end", span.end().instant().toString());
        }
        return part;
    }

    private @Nullable String correlation(RunEvent event) {
        return Optional.ofNullable(event.parent())
                .or(() -> run.latest(RunEvent::parent))
                .map(RunKey::id)
                .orElse(null);
    }
}
