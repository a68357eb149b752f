package io.phaseledger.run;

import io.phaseledger.http.WrittenTime;
import io.phaseledger.run.RunEvent.EventType;
import io.phaseledger.run.RunEvent.Output;
import io.phaseledger.source.GameDateFrom;
import io.phaseledger.source.JobMapping;
import io.phaseledger.source.Whole;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The events of some jobs of one date. */
final class Night {

    static final LocalDate DATE = LocalDate.of(2026, 2, 2);

    private static final String NAMESPACE = "n";
    private static final Whole EACH_RUN = new Whole(Whole.When.RUN, null);

    private final Random random;
    private final List<RunEvent> events = new ArrayList<>();
    private final Map<String, JobInterpretation> interpretations = new HashMap<>();
    private final Set<String> skippedByDag = new HashSet<>();
    private final boolean isMapped;
    private int minute;
    private int ids;

    /** @param isMapped whether sources say when jobs are whole */
    Night(Random random, boolean isMapped) {
        this.random = random;
        this.isMapped = isMapped;
        for (int i = 0; i <= random.nextInt(3); i++) {
            job("job" + i);
        }
    }

    List<RunEvent> events() {
        return events;
    }

    JobInterpretation interpretation(String job) {
        return interpretations.getOrDefault(job, interpretation(EACH_RUN));
    }

    Set<String> skippedByDag() {
        return skippedByDag;
    }

    private static JobInterpretation interpretation(Whole whole) {
        return new JobInterpretation(
                new JobMapping("p", "q", null, GameDateFrom.NOMINAL_START, 0, whole, null), List.of(ZoneOffset.UTC));
    }

    private void job(String job) {
        switch (random.nextInt(5)) {
            case 0 -> cleared(job, run());
            case 1 -> mapped(job);
            case 2 -> hourly(job);
            case 3 -> skipped(job);
            default -> child(job);
        }
    }

    private void understand(String job, Whole whole) {
        if (isMapped) {
            interpretations.put(job, interpretation(whole));
        }
    }

    private RunKey run() {
        return new RunKey(NAMESPACE, "r" + ids++);
    }

    private static Span day() {
        return span(0, 24);
    }

    private static Span span(int from, int to) {
        LocalDateTime midnight = DATE.atStartOfDay();
        return new Span(
                new WrittenTime(midnight.plusHours(from), ZoneOffset.UTC),
                new WrittenTime(midnight.plusHours(to), ZoneOffset.UTC));
    }

    /** Its tries, one after another; an end may lack what the start has said. */
    private void cleared(String job, RunKey run) {
        for (int tries = 0; tries <= random.nextInt(3); tries++) {
            add(job, run, EventType.START, null, day(), null, Map.of());
            if (random.nextBoolean()) {
                add(job, run, EventType.RUNNING, null, null, null, Map.of());
            }
            add(job, run, random.nextBoolean() ? EventType.COMPLETE : EventType.FAIL, null, null, null, Map.of());
        }
    }

    private void mapped(String job) {
        int parts = 1 + random.nextInt(4);
        Whole whole = List.of(EACH_RUN, new Whole(Whole.When.COUNT, parts), new Whole(Whole.When.PARENT, null))
                .get(random.nextInt(3));
        understand(job, whole);
        RunKey dag = run();
        add(job + ".dag", dag, EventType.START, null, day(), null, Map.of());
        boolean isBroken = false;
        for (int part = 0; part < parts; part++) {
            boolean isGood = random.nextInt(4) > 0;
            isBroken |= !isGood;
            RunKey run = run();
            add(job, run, EventType.START, dag, day(), part, Map.of());
            if (!isGood || random.nextBoolean()) {
                add(job, run, EventType.FAIL, dag, day(), part, Map.of());
            }
            if (isGood) {
                add(job, run(), EventType.COMPLETE, dag, day(), part, Map.of());
            }
        }
        add(job + ".dag", dag, isBroken ? EventType.FAIL : EventType.COMPLETE, null, day(), null, Map.of());
    }

    private void hourly(String job) {
        understand(job, random.nextBoolean() ? EACH_RUN : new Whole(Whole.When.INTERVALS, null));
        for (int hour = 0; hour < 24; hour += 6) {
            RunKey run = run();
            if (random.nextBoolean()) {
                add(job, run, EventType.START, null, span(hour, hour + 6), null, Map.of());
            }
            if (random.nextInt(8) > 0) {
                EventType end = random.nextInt(8) > 0 ? EventType.COMPLETE : EventType.FAIL;
                add(job, run, end, null, span(hour, hour + 6), null, Map.of());
            }
        }
    }

    private void skipped(String job) {
        RunKey dag = run();
        RunKey run = run();
        add(job, run, EventType.START, dag, day(), null, Map.of());
        add(job, run, EventType.COMPLETE, dag, null, null, Map.of());
        boolean isSkipped = random.nextBoolean();
        if (isSkipped) {
            skippedByDag.add(job + "@" + DATE);
        }
        add(job + ".dag", dag, EventType.COMPLETE, null, day(), null, Map.of(job, isSkipped ? "skipped" : "success"));
    }

    /** It takes its date from a parent, or from the parent of that; a part's child is one too. */
    private void child(String job) {
        RunKey parent = run();
        RunKey between = run();
        Integer part = random.nextBoolean() ? 0 : null;
        add(job + ".parent", parent, EventType.START, null, day(), part, Map.of());
        add(job + ".between", between, EventType.START, parent, null, null, Map.of());
        RunKey run = run();
        add(job, run, EventType.START, between, null, null, Map.of());
        add(job, run, random.nextInt(4) > 0 ? EventType.COMPLETE : EventType.ABORT, between, null, null, Map.of());
        add(job + ".parent", parent, EventType.COMPLETE, null, null, null, Map.of());
    }

    private void add(
            String job,
            RunKey run,
            EventType type,
            @Nullable RunKey parent,
            @Nullable Span nominal,
            @Nullable Integer part,
            Map<String, String> tasks) {
        List<Output> outputs = type == EventType.COMPLETE && random.nextBoolean()
                ? List.of(new Output("a", (long) random.nextInt(9)), new Output("b", 5L))
                : List.of();
        events.add(new RunEvent(
                new UUID(0, events.size()),
                run,
                type,
                new WrittenTime(DATE.plusDays(1).atStartOfDay().plusMinutes(minute++), ZoneOffset.UTC),
                job,
                parent,
                nominal,
                null,
                part,
                null,
                false,
                null,
                null,
                false,
                false,
                tasks,
                outputs,
                Map.of(),
                "me"));
    }

    /** An event as its sender would write it, of the run of this test. */
    static String json(RunEvent event, String prefix) {
        Span nominal = event.nominal();
        String facets = "\"x\":{}"
                + (nominal == null
                        ? ""
                        : ",\"nominalTime\":{\"nominalStartTime\":\"%s\",\"nominalEndTime\":\"%s\"}"
                                .formatted(
                                        nominal.start().instant(),
                                        java.util.Objects.requireNonNull(nominal.end())
                                                .instant()))
                + (event.parent() == null
                        ? ""
                        : ",\"parent\":{\"run\":{\"runId\":\"%s\"},\"job\":{\"namespace\":\"%s\",\"name\":\"p\"}}"
                                .formatted(event.parent().id(), prefix))
                + (event.mapIndex() == null
                        ? ""
                        : ",\"airflow\":{\"taskInstance\":{\"map_index\":%d}}".formatted(event.mapIndex()))
                + ",\"airflowState\":{\"tasksState\":{%s}}"
                        .formatted(event.taskStates().entrySet().stream()
                                .map(each -> "\"%s\":\"%s\"".formatted(each.getKey(), each.getValue()))
                                .collect(Collectors.joining(",")));
        String outputs = event.outputs().stream()
                .map(each ->
                        "{\"namespace\":\"\",\"name\":\"%s\",\"outputFacets\":{\"outputStatistics\":{\"rowCount\":%d}}}"
                                .formatted(each.name(), each.recordCount()))
                .collect(Collectors.joining(","));
        return "{\"eventType\":\"%s\",\"eventTime\":\"%s\",\"run\":{\"runId\":\"%s\",\"facets\":{%s}},\"job\":{\"namespace\":\"%s\",\"name\":\"%s\"},\"outputs\":[%s]}"
                .formatted(event.type(), event.at(), event.run().id(), facets, prefix, event.job(), outputs);
    }
}
