package io.phaseledger.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.access.Caller;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.PipelineName;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Names;
import io.phaseledger.ledger.Positions;
import io.phaseledger.source.JobMapping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
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
    private final RunProcessor processor;
    private final Positions positions;
    private final Names names;
    private final Caller caller;

    SourceTrial(RunTable table, RunProcessor processor, Positions positions, Names names, Caller caller) {
        this.table = table;
        this.processor = processor;
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
    List<TriedRow> rows(BiFunction<String, String, JobMapping> mapping, @Nullable List<ObjectNode> events) {
        List<RunEvent> given = events == null ? List.of() : read(events);
        Set<RunKey> keys = events == null
                ? table.newest(NEWEST)
                : given.stream().map(RunEvent::run).collect(Collectors.toCollection(LinkedHashSet::new));
        Head head = positions.head();
        Readings readings = processor.readings(keys, given, head, mapping);
        Names.Known known = names.at(head);
        List<TriedRow> rows = new ArrayList<>();
        Set<RunGroup> groups = new LinkedHashSet<>();
        for (Run run : readings.runs(keys)) {
            RunReading reading = readings.reading(run);
            JobMapping job = readings.job(run).job();
            reading.rows().forEach(row -> rows.add(tried(row.event(), row, null, job, known)));
            run.events().stream()
                    .filter(event -> reading.held().containsKey(event.identity()))
                    .forEach(event -> rows.add(tried(event, null, reading.held().get(event.identity()), job, known)));
            groups.addAll(readings.groups(run));
        }
        readings.targets(groups)
                .forEach(target -> target.rows()
                        .apply(target.now())
                        .forEach(row -> rows.add(
                                tried(row.event(), row, null, target.now().job(), known))));
        return rows;
    }

    private List<RunEvent> read(List<ObjectNode> events) {
        List<RunEvent> read = new ArrayList<>();
        for (ObjectNode event : events) {
            try {
                read.add(
                        new EventReader(event, table.newId(), caller.principal().name()).event());
            } catch (Problem e) {
                throw e.under("/events/" + read.size());
            }
        }
        return read;
    }

    private static TriedRow tried(
            RunEvent event, @Nullable Row row, @Nullable Held held, JobMapping job, Names.Known known) {
        return new TriedRow(
                event.run().namespace(),
                event.run().id(),
                event.job(),
                EnumNames.of(event.type()),
                event.at(),
                job.source(),
                held == null ? "recorded" : "held",
                known.phase(PipelineName.fitted(job.phase())),
                known.processor(PipelineName.fitted(job.processorName())),
                row == null ? null : row.date(),
                row == null ? null : row.status(),
                row == null ? null : row.count(),
                held == null ? null : held.code(),
                held == null ? why(Objects.requireNonNull(row)) : held.detail());
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
