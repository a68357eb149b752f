package io.phaseledger.run;

import io.phaseledger.run.RunEvent.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events of one run, in the order of their times, and what they say together. */
final class Run {

    private final RunKey key;
    private final List<RunEvent> all;
    private final List<Attempt> attempts;

    Run(RunKey key, Collection<RunEvent> events) {
        this.key = key;
        this.all = events.stream().sorted(RunEvent.ORDER).toList();
        this.attempts = attempts(all.stream().filter(RunEvent::isTimed).toList());
    }

    /** One begins with a START, or with another number of the try. */
    private static List<Attempt> attempts(List<RunEvent> events) {
        List<Attempt> attempts = new ArrayList<>();
        List<RunEvent> current = new ArrayList<>();
        Integer number = null;
        for (RunEvent event : events) {
            boolean isOther = event.tryNumber() != null
                    && number != null
                    && !event.tryNumber().equals(number);
            boolean isStart = event.type() == EventType.START
                    && current.stream().anyMatch(each -> !each.identity().equals(event.identity()));
            if (!current.isEmpty() && (isStart || isOther)) {
                attempts.add(new Attempt(List.copyOf(current)));
                current.clear();
                number = null;
            }
            current.add(event);
            number = event.tryNumber() == null ? number : event.tryNumber();
        }
        if (!current.isEmpty()) {
            attempts.add(new Attempt(List.copyOf(current)));
        }
        return attempts;
    }

    RunKey key() {
        return key;
    }

    /** Those too that have no place in time. */
    List<RunEvent> events() {
        return all;
    }

    List<Attempt> attempts() {
        return attempts;
    }

    /** The name of its job, by the newest event. */
    String job() {
        return all.get(all.size() - 1).job();
    }

    /** By which others may name it as their parent. */
    Set<String> names() {
        Stream<String> asDagRun =
                all.stream().filter(RunEvent::isDagRun).flatMap(event -> Stream.ofNullable(event.dagRun()));
        return Stream.concat(Stream.of(key.name()), asDagRun).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Those that it names as its parents, the newest first. */
    Set<String> parents() {
        Set<String> parents = new LinkedHashSet<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            RunKey parent = all.get(i).parent();
            if (parent != null) {
                parents.add(parent.name());
            }
        }
        dagRun().ifPresent(parents::add);
        return parents;
    }

    /** The DAG run that it is a task of. */
    Optional<String> dagRun() {
        return all.stream()
                .filter(event -> !event.isDagRun())
                .flatMap(event -> Stream.ofNullable(event.dagRun()))
                .findFirst();
    }

    /** What holds together the runs that have one parent; empty without one. */
    Optional<String> family() {
        return dagRun().or(() -> parents().stream().findFirst());
    }

    /**
     * Whether all that is known of it is that a task of Airflow was given a state by hand before it had begun: then it may
     * be part of a mapped one.
     */
    boolean isUnexplained() {
        return all.stream().allMatch(RunEvent::isUnexplained);
    }

    /**
     * What the run says of something, at an event: what its attempt has said by then, else says later, else what the run
     * has said before, else says later.
     */
    <T> Optional<T> valueAt(Attempt attempt, RunEvent at, Function<RunEvent, @Nullable T> what) {
        return nearest(attempt.events(), at, what).or(() -> nearest(all, at, what));
    }

    private static <T> Optional<T> nearest(List<RunEvent> events, RunEvent at, Function<RunEvent, @Nullable T> what) {
        T before = null;
        for (RunEvent event : events) {
            T value = what.apply(event);
            if (value != null && (before == null || RunEvent.ORDER.compare(event, at) <= 0)) {
                before = value;
            } else if (value != null) {
                break;
            }
        }
        return Optional.ofNullable(before);
    }

    /** What it said of something last. */
    <T> Optional<T> latest(Function<RunEvent, @Nullable T> what) {
        return all.isEmpty() ? Optional.empty() : nearest(all, all.get(all.size() - 1), what);
    }

    /** The events of one try. */
    record Attempt(List<RunEvent> events) {

        Instant begin() {
            return events.get(0).at();
        }

        /** The first event that says that the work is under way. */
        Optional<RunEvent> running() {
            return events.stream()
                    .filter(event -> event.type() == EventType.START || event.type() == EventType.RUNNING)
                    .findFirst();
        }

        /** How it ended; more than once, where it was said so. */
        List<RunEvent> outcomes() {
            Map<String, RunEvent> outcomes = new LinkedHashMap<>();
            events.stream()
                    .filter(event -> event.type().isOutcome())
                    .forEach(event -> outcomes.putIfAbsent(event.identity(), event));
            return List.copyOf(outcomes.values());
        }

        /** The events that can say how much was written when it ended so: all that come before the next end. */
        List<RunEvent> upToNextEnd(RunEvent outcome) {
            Optional<Instant> next = outcomes().stream()
                    .map(RunEvent::at)
                    .filter(at -> at.isAfter(outcome.at()))
                    .findFirst();
            return events.stream()
                    .filter(event -> next.isEmpty() || event.at().isBefore(next.get()))
                    .toList();
        }
    }
}
