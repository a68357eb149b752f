package io.phaseledger.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs and their relatives, and the rows that follow as their jobs are understood: pure. */
final class Readings {

    private final Map<RunKey, Run> runs = new LinkedHashMap<>();
    private final Map<List<String>, JobInterpretation> known = new HashMap<>();
    private final RunGraph graph;
    private final BiFunction<String, String, JobInterpretation> jobs;
    private final Instant latest;

    /**
     * @param jobs how a job is understood now, by its namespace and name
     * @param latest what says that it happened later is held until then
     */
    Readings(Collection<RunEvent> events, BiFunction<String, String, JobInterpretation> jobs, Instant latest) {
        events.stream()
                .collect(Collectors.groupingBy(RunEvent::run, LinkedHashMap::new, Collectors.toList()))
                .forEach((key, ofRun) -> runs.put(key, new Run(key, ofRun)));
        this.graph = new RunGraph(runs.values());
        this.jobs = jobs;
        this.latest = latest;
    }

    /** What is read together, and gives rows: a run, or the parts of a date. */
    record Target(String name, JobInterpretation now, Function<JobInterpretation, List<Row>> rows) {}

    /** Those of these runs of which something was said. */
    List<Run> runs(Collection<RunKey> keys) {
        return keys.stream().filter(runs::containsKey).map(runs::get).toList();
    }

    JobInterpretation job(String namespace, String job) {
        return known.computeIfAbsent(List.of(namespace, job), each -> jobs.apply(namespace, job));
    }

    JobInterpretation job(Run run) {
        return job(run.key().namespace(), run.job());
    }

    RunReading reading(Run run) {
        return reading(run, job(run));
    }

    private RunReading reading(Run run, JobInterpretation as) {
        return RunReading.of(graph, run, as, latest);
    }

    Set<RunGroup> groups(Run run) {
        return RunGroup.of(reading(run), job(run));
    }

    Target target(Run run) {
        return new Target(run.key().name(), job(run), as -> reading(run, as).rows());
    }

    /** Of groups, with all runs that are in them. */
    List<Target> targets(Collection<RunGroup> groups) {
        Map<RunGroup, List<Run>> members = new HashMap<>();
        if (!groups.isEmpty()) {
            runs.values()
                    .forEach(run -> groups(run)
                            .forEach(group -> members.computeIfAbsent(group, each -> new ArrayList<>())
                                    .add(run)));
        }
        return groups.stream()
                .map(group -> target(group, members.getOrDefault(group, List.of())))
                .toList();
    }

    private Target target(RunGroup group, List<Run> members) {
        return new Target(
                group.name(),
                job(group.namespace(), group.job()),
                as -> GroupReading.rows(
                        group, members.stream().map(run -> reading(run, as)).toList(), as, graph));
    }
}
