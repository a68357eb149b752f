package io.phaseledger.run;

import io.phaseledger.run.RunEvent.EventType;
import io.phaseledger.source.Whole;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When the parts of a date have become whole: a pure function of all runs that are parts of it.
 *
 * <p>A part that is known of at all is looked for at each moment, also at those before it began: a whole that turns out to
 * have had one part more is taken back.
 */
final class GroupReading {

    private final RunGroup group;
    private final LocalDate date;
    private final JobInterpretation as;
    private final RunGraph graph;
    private final List<RunState> states;
    private final Set<String> parts;

    /** How each part ended last, at the moment that is looked at. */
    private final Map<String, RunState> newest = new HashMap<>();

    private boolean isParentComplete;
    private boolean isWhole;

    private GroupReading(RunGroup group, LocalDate date, List<RunState> states, JobInterpretation as, RunGraph graph) {
        this.group = group;
        this.date = date;
        this.as = as;
        this.graph = graph;
        this.states = states;
        this.parts = states.stream().map(RunState::part).collect(Collectors.toSet());
    }

    /** @param members all runs of the group */
    static List<Row> rows(RunGroup group, Collection<RunReading> members, JobInterpretation as, RunGraph graph) {
        List<RunState> states =
                members.stream().flatMap(each -> each.states().stream()).toList();
        boolean isUndated = members.stream()
                .anyMatch(each -> each.states().isEmpty() && !each.held().isEmpty());
        boolean isByIntervals = as.job().whole().when() == Whole.When.INTERVALS;
        if (as.job().whole().when() == Whole.When.RUN || (group.date().isEmpty() && (isUndated || isByIntervals))) {
            return List.of();
        }
        if (isByIntervals) {
            LocalDate date = group.date().orElseThrow().plusDays(as.job().dateOffset());
            return new GroupReading(group, date, states, as, graph).read();
        }
        return states.stream()
                .filter(each -> group.date().map(each.date()::equals).orElse(true))
                .collect(Collectors.groupingBy(RunState::date))
                .entrySet()
                .stream()
                .flatMap(each -> new GroupReading(group, each.getKey(), each.getValue(), as, graph).read().stream())
                .toList();
    }

    private List<Row> read() {
        List<Row> rows = new ArrayList<>();
        Map<RunEvent, RunState> byEvent = new HashMap<>();
        states.stream()
                .filter(each -> each.event().type().isOutcome())
                .forEach(each -> byEvent.put(each.event(), each));
        Stream.concat(byEvent.keySet().stream(), parentsOutcomes())
                .sorted(RunEvent.ORDER.thenComparing(event -> event.run().name()))
                .forEach(event -> {
                    boolean wasWhole = isWhole;
                    RunState part = byEvent.get(event);
                    take(event, part);
                    if (isWhole && (!wasWhole || (part != null && part.isSuccess()))) {
                        rows.add(row(event));
                    }
                });
        return rows;
    }

    private Stream<RunEvent> parentsOutcomes() {
        return as.job().whole().when() != Whole.When.PARENT
                ? Stream.empty()
                : graph.named(group.of()).stream()
                        .flatMap(parent -> parent.attempts().stream())
                        .flatMap(attempt -> attempt.outcomes().stream());
    }

    private void take(RunEvent event, @Nullable RunState part) {
        if (part == null) {
            isParentComplete = event.type() == EventType.COMPLETE;
        } else {
            newest.put(part.part(), part);
        }
        isWhole = switch (as.job().whole().when()) {
            case RUN -> false;
            case INTERVALS -> isCovered();
            case COUNT -> isCounted();
            case PARENT -> isParentWhole();
        };
    }

    /** An interval counts when all its parts are good and one of them succeeded. */
    private boolean isCovered() {
        ZoneId zone = as.zone();
        LocalDate day = group.date().orElseThrow();
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        Map<String, List<RunState>> bySpan = new HashMap<>();
        states.forEach(each -> bySpan.computeIfAbsent(each.span().text(), span -> new ArrayList<>())
                .add(each));
        List<Span> good = bySpan.values().stream()
                .filter(this::isGood)
                .map(each -> each.get(0).span())
                .sorted(Comparator.comparing(span -> span.start().instant()))
                .toList();
        Instant covered = day.atStartOfDay(zone).toInstant();
        for (Span span : good) {
            Instant until = span.start().instant().plus(span.length());
            if (!span.start().instant().isAfter(covered) && until.isAfter(covered)) {
                covered = until;
            }
        }
        return !covered.isBefore(end);
    }

    private boolean isGood(List<RunState> ofSpan) {
        List<RunState> ended = ofSpan.stream()
                .map(each -> newest.get(each.part()))
                .filter(Objects::nonNull)
                .toList();
        return ended.size() == ofSpan.size()
                && ended.stream().allMatch(RunState::isGood)
                && ended.stream().anyMatch(RunState::isSuccess);
    }

    private boolean isCounted() {
        int count = Objects.requireNonNull(as.job().whole().count());
        return newest.size() == parts.size()
                && newest.size() >= count
                && newest.values().stream().allMatch(RunState::isSuccess)
                && newest.values().stream().noneMatch(each -> each.index().isPresent() && isPartOfMore(each));
    }

    private boolean isParentWhole() {
        return isParentComplete
                && newest.size() == parts.size()
                && newest.values().stream().allMatch(RunState::isGood)
                && newest.values().stream().noneMatch(this::isPartOfMore)
                && hasNoGap();
    }

    /** Whether its parent is a part itself: what is whole in it is a part of the date. */
    private boolean isPartOfMore(RunState each) {
        return each.span().isShort() || graph.hasPartAbove(each.run(), Span::isShort);
    }

    private boolean hasNoGap() {
        List<Integer> indices = newest.values().stream()
                .flatMap(each -> each.index().stream())
                .sorted()
                .toList();
        for (int i = 0; i < indices.size(); i++) {
            if (indices.get(i) != i) {
                return false;
            }
        }
        return true;
    }

    private Row row(RunEvent event) {
        List<RunState> successes =
                newest.values().stream().filter(RunState::isSuccess).toList();
        RunState any = newest.values().iterator().next();
        Map<String, Object> metadata = new LinkedHashMap<>(event.notes());
        metadata.put("job_namespace", group.namespace());
        metadata.put("job_name", group.job());
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("when", as.job().whole().when().name().toLowerCase(Locale.ROOT));
        whole.put("parts", newest.size());
        metadata.put(Row.WHOLE, whole);
        return new Row(
                group.name(),
                event,
                successes.isEmpty() ? "skipped" : "success",
                date,
                any.run().latest(RunEvent::parent).map(RunKey::id).orElse(null),
                sum(successes),
                metadata);
    }

    /** Unknown as soon as one is, and where all were skipped; the parts that were skipped wrote nothing. */
    private static @Nullable Long sum(List<RunState> successes) {
        BigInteger sum = BigInteger.ZERO;
        for (RunState success : successes) {
            if (success.count() == null) {
                return null;
            }
            sum = sum.add(BigInteger.valueOf(success.count()));
        }
        return successes.isEmpty() || sum.bitLength() >= Long.SIZE ? null : sum.longValue();
    }
}
