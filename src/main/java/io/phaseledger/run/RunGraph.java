package io.phaseledger.run;

import io.phaseledger.run.Run.Attempt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Runs that are relatives of one another, and what one takes from another. */
final class RunGraph {

    /** How many parents are followed, one behind another. */
    static final int MOST_PARENTS = 10;

    private final Map<String, List<Run>> byName = new HashMap<>();
    private final Map<RunKey, List<Run>> ancestors = new HashMap<>();

    /** @param runs with all that are ancestors of one of them, as far as they are known */
    RunGraph(Collection<Run> runs) {
        runs.stream()
                .sorted((one, other) -> one.key().name().compareTo(other.key().name()))
                .forEach(run -> run.names()
                        .forEach(name -> byName.computeIfAbsent(name, each -> new ArrayList<>())
                                .add(run)));
    }

    /** Those that are called so: one run, or all runs of a DAG run that was cleared. */
    List<Run> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** Its parents, the parents of those, and so on, the nearest first. */
    List<Run> ancestors(Run run) {
        return ancestors.computeIfAbsent(run.key(), key -> {
            Set<Run> found = new LinkedHashSet<>();
            Set<Run> level = Set.of(run);
            for (int i = 0; i < MOST_PARENTS && !level.isEmpty(); i++) {
                Set<Run> next = new LinkedHashSet<>();
                level.forEach(each -> each.parents().forEach(name -> next.addAll(named(name))));
                next.removeAll(found);
                found.addAll(next);
                level = next;
            }
            return List.copyOf(found);
        });
    }

    /** Whether it is an ancestor of itself. */
    boolean isCircular(Run run) {
        return ancestors(run).contains(run);
    }

    /** What a run is for, at one of its events: as it says itself, else as Airflow says, else what its parent is for. */
    Optional<Span> span(Run run, Attempt attempt, RunEvent at) {
        return run.valueAt(attempt, at, RunEvent::nominal)
                .or(() -> run.valueAt(attempt, at, RunEvent::interval))
                .or(() -> parentsSpan(run));
    }

    /** What the nearest of its ancestors is for that says so. */
    Optional<Span> parentsSpan(Run run) {
        return ancestors(run).stream().flatMap(each -> ownSpan(each).stream()).findFirst();
    }

    private static Optional<Span> ownSpan(Run run) {
        return run.latest(RunEvent::nominal).or(() -> run.latest(RunEvent::interval));
    }

    /** Which part of a mapped task it is, or one of its ancestors; -1 where that it is one is all that was said. */
    Optional<Integer> mapIndex(Run run, Attempt attempt, RunEvent at) {
        return run.valueAt(attempt, at, RunEvent::mapIndex)
                .or(() -> run.isUnexplained() ? Optional.of(-1) : Optional.empty())
                .or(() -> parentsMapIndex(run));
    }

    private Optional<Integer> parentsMapIndex(Run run) {
        return ancestors(run).stream()
                .flatMap(each -> each.latest(RunEvent::mapIndex).stream())
                .findFirst();
    }

    /** Whether an ancestor is part of a date, so that what it started is, too; its own index says so, or what it is for. */
    boolean hasPartAbove(Run run, Predicate<Span> isPart) {
        return parentsMapIndex(run).isPresent()
                || ancestors(run).stream()
                        .flatMap(each -> ownSpan(each).stream())
                        .anyMatch(isPart);
    }

    /**
     * Whether the DAG run says that its task was skipped: by the first end that it told from then on, else by the last one
     * since the attempt began, for clocks differ. It has one state for each task, so that of a mapped one says nothing of
     * a part.
     */
    boolean isSkippedByDag(Run run, Attempt attempt, RunEvent at) {
        if (run.valueAt(attempt, at, RunEvent::mapIndex).isPresent()) {
            return false;
        }
        List<RunEvent> ends = run.parents().stream()
                .flatMap(name -> named(name).stream())
                .distinct()
                .flatMap(parent -> parent.events().stream())
                .filter(event -> event.taskStates().containsKey(task(run, attempt, at, event)))
                .filter(event -> !event.at().isBefore(attempt.begin()))
                .sorted(RunEvent.ORDER)
                .toList();
        Optional<RunEvent> since =
                ends.stream().filter(event -> !event.at().isBefore(at.at())).findFirst();
        return since.or(() -> ends.stream().reduce((one, later) -> later))
                .map(event -> "skipped".equals(event.taskStates().get(task(run, attempt, at, event))))
                .orElse(false);
    }

    /** Airflow's name of it; else what follows the DAG's name in that of the job. */
    private static String task(Run run, Attempt attempt, RunEvent at, RunEvent dag) {
        return run.valueAt(attempt, at, RunEvent::task).orElseGet(() -> {
            String prefix = Objects.requireNonNull(dag.job()) + ".";
            return at.job().startsWith(prefix) ? at.job().substring(prefix.length()) : at.job();
        });
    }
}
