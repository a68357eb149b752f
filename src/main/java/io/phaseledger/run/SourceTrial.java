package io.phaseledger.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.access.Caller;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.PipelineName;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Names;
import io.phaseledger.ledger.Positions;
import io.phaseledger.source.JobMapping;
import io.phaseledger.source.Sources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What events would come to if a source were in force: the same pure functions, of these events and of what is kept of
 * their runs and those that these name as parents. Nothing is stored.
 */
@ApplicationScoped
class SourceTrial {

    /** Events that are looked at where none are given. */
    private static final int NEWEST = 100;

    private final RunTable table;
    private final RunWork work;
    private final Positions positions;
    private final Names names;
    private final Caller caller;

    SourceTrial(RunTable table, RunWork work, Positions positions, Names names, Caller caller) {
        this.table = table;
        this.work = work;
        this.positions = positions;
        this.names = names;
        this.caller = caller;
    }

    /**
     * Row by row.
     *
     * @param events null for the newest that are kept
     * @throws Problem 400 or 422 when an event cannot be read, pointing into it
     */
    @Transactional
    List<TriedRow> rows(Sources.Trial sources, @Nullable List<ObjectNode> events) {
        List<RunEvent> given = events == null ? List.of() : read(events);
        Set<RunKey> keys = events == null
                ? table.newest(NEWEST)
                : given.stream().map(RunEvent::run).collect(Collectors.toCollection(LinkedHashSet::new));
        Map<RunKey, Run> runs = runs(keys, given);
        return new Pass(sources, positions.head(), runs).rows(keys);
    }

    private List<RunEvent> read(List<ObjectNode> events) {
        List<RunEvent> read = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            try {
                JsonNode said = EventReader.trimmed(events.get(i));
                read.add(
                        EventReader.read(said, table.newId(), caller.principal().name()));
            } catch (Problem e) {
                throw e.under("/events/" + i);
            }
        }
        return read;
    }

    /** These runs and their ancestors. */
    private Map<RunKey, Run> runs(Set<RunKey> keys, List<RunEvent> given) {
        Map<RunKey, List<RunEvent>> events = new LinkedHashMap<>();
        given.forEach(event ->
                events.computeIfAbsent(event.run(), key -> new ArrayList<>()).add(event));
        Set<RunKey> asked = new LinkedHashSet<>();
        Set<RunKey> next = keys;
        Map<RunKey, Run> runs = new LinkedHashMap<>();
        for (int i = 0; i <= Story.MOST_PARENTS && !next.isEmpty(); i++) {
            table.events(next)
                    .forEach(event -> events.computeIfAbsent(event.run(), key -> new ArrayList<>())
                            .add(event));
            asked.addAll(next);
            events.forEach((key, all) -> runs.put(key, new Run(key, all)));
            Set<String> parents = runs.values().stream()
                    .flatMap(run -> run.parents().stream())
                    .collect(Collectors.toSet());
            next = new LinkedHashSet<>(table.named(parents));
            next.removeAll(asked);
        }
        return runs;
    }

    private final class Pass {

        private final Sources.Trial sources;
        private final Head head;
        private final Names.Known known;
        private final Map<RunKey, Run> runs;
        private final Story story;
        private final Map<List<String>, Terms> terms = new HashMap<>();
        private final List<TriedRow> rows = new ArrayList<>();

        Pass(Sources.Trial sources, Head head, Map<RunKey, Run> runs) {
            this.sources = sources;
            this.head = head;
            this.known = names.at(head);
            this.runs = runs;
            this.story = new Story(runs.values());
        }

        List<TriedRow> rows(Collection<RunKey> keys) {
            Map<Unit, List<RunReading>> units = new LinkedHashMap<>();
            for (RunKey key : keys) {
                Run run = runs.get(key);
                if (run == null) {
                    continue;
                }
                Terms terms = terms(key.namespace(), run.job());
                RunReading reading =
                        RunReading.of(story, run, terms, head.clock().plus(Head.CLOCK_TOLERANCE));
                reading.rows().forEach(row -> add(row, terms.job()));
                run.events().forEach(event -> addHeld(event, reading, terms.job()));
                Unit.of(reading, terms)
                        .forEach(unit -> units.computeIfAbsent(unit, each -> new ArrayList<>())
                                .add(reading));
            }
            units.forEach((unit, members) -> {
                Terms terms = terms(unit.namespace(), unit.job());
                WholeReading.rows(unit, members, terms, story).forEach(row -> add(row, terms.job()));
            });
            return rows;
        }

        private Terms terms(String namespace, String job) {
            return terms.computeIfAbsent(
                    List.of(namespace, job), each -> work.terms(sources.mapping(namespace, job), head));
        }

        private void add(Row row, JobMapping job) {
            rows.add(tried(row.event(), job, "recorded", row, null, why(row)));
        }

        private void addHeld(RunEvent event, RunReading reading, JobMapping job) {
            Held held = reading.held().get(event.identity());
            if (held != null) {
                rows.add(tried(event, job, "held", null, held.code(), held.detail()));
            }
        }

        private TriedRow tried(
                RunEvent event, JobMapping job, String outcome, @Nullable Row row, @Nullable String code, String why) {
            return new TriedRow(
                    event.run().namespace(),
                    event.run().id(),
                    event.job(),
                    EnumNames.of(event.type()),
                    event.at(),
                    job.source(),
                    outcome,
                    known.phase(PipelineName.fitted(job.phase())),
                    known.processor(PipelineName.fitted(job.processorName())),
                    row == null ? null : row.date(),
                    row == null ? null : row.status(),
                    row == null ? null : row.count(),
                    code,
                    why);
        }
    }

    private static String why(Row row) {
        if (row.metadata().containsKey(Row.WHOLE)) {
            return "the parts of the date are whole with this event";
        }
        return row.metadata().containsKey(Row.PART)
                ? "the run is part of the date, so it makes no one ready: "
                        + row.metadata().get(Row.PART)
                : "the run says so, and is all of the date's work";
    }
}
