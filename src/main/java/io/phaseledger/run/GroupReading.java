package io.phaseledger.run;

import io.phaseledger.run.RunEvent.EventType;
import io.phaseledger.run.RunReading.Told;
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
final class WholeReading {

    private final Unit unit;
    private final LocalDate date;
    private final Terms terms;
    private final Story story;
    private final List<Told> told;
    private final Set<String> parts;

    /** How each part ended last, at the moment that is looked at. */
    private final Map<String, Told> newest = new HashMap<>();

    private boolean isParentComplete;
    private boolean isWhole;

    private WholeReading(Unit unit, LocalDate date, List<Told> told, Terms terms, Story story) {
        this.unit = unit;
        this.date = date;
        this.terms = terms;
        this.story = story;
        this.told = told;
        this.parts = told.stream().map(Told::part).collect(Collectors.toSet());
    }

    /** @param members all runs of the unit */
    static List<Row> rows(Unit unit, Collection<RunReading> members, Terms terms, Story story) {
        List<Told> told = members.stream().flatMap(each -> each.told().stream()).toList();
        boolean isUndated = members.stream()
                .anyMatch(each -> each.told().isEmpty() && !each.held().isEmpty());
        if (terms.job().whole().when() == Whole.When.RUN
                || (isUndated && unit.family().isPresent())) {
            return List.of();
        }
        if (unit.date().isPresent()) {
            LocalDate date = unit.date().get();
            boolean isByIntervals = terms.job().whole().when() == Whole.When.INTERVALS;
            LocalDate recorded = isByIntervals ? date.plusDays(terms.job().dateOffset()) : date;
            List<Told> ofDate = isByIntervals
                    ? told
                    : told.stream().filter(each -> each.date().equals(date)).toList();
            return new WholeReading(unit, recorded, ofDate, terms, story).read();
        }
        return told.stream().collect(Collectors.groupingBy(Told::date)).entrySet().stream()
                .flatMap(each -> new WholeReading(unit, each.getKey(), each.getValue(), terms, story).read().stream())
                .toList();
    }

    private List<Row> read() {
        List<Row> rows = new ArrayList<>();
        Map<RunEvent, Told> byEvent = new HashMap<>();
        told.stream().filter(each -> each.event().type().isOutcome()).forEach(each -> byEvent.put(each.event(), each));
        Stream.concat(byEvent.keySet().stream(), parentsOutcomes())
                .sorted(RunEvent.ORDER.thenComparing(event -> event.run().name()))
                .forEach(event -> {
                    boolean wasWhole = isWhole;
                    Told part = byEvent.get(event);
                    take(event, part);
                    if (isWhole && (!wasWhole || (part != null && part.isSuccess()))) {
                        rows.add(row(event));
                    }
                });
        return rows;
    }

    private Stream<RunEvent> parentsOutcomes() {
        return terms.job().whole().when() != Whole.When.PARENT
                ? Stream.empty()
                : unit.family().stream()
                        .flatMap(name -> story.named(name).stream())
                        .flatMap(parent -> parent.attempts().stream())
                        .flatMap(attempt -> attempt.outcomes().stream());
    }

    private void take(RunEvent event, @Nullable Told part) {
        if (part == null) {
            isParentComplete = event.type() == EventType.COMPLETE;
        } else {
            newest.put(part.part(), part);
        }
        isWhole = switch (terms.job().whole().when()) {
            case RUN -> false;
            case INTERVALS -> isCovered();
            case COUNT -> isCounted();
            case PARENT -> isParentWhole();
        };
    }

    /** An interval counts when all its parts are good and one of them succeeded. */
    private boolean isCovered() {
        ZoneId zone = Unit.zone(terms);
        LocalDate day = unit.date().orElseThrow();
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        Map<String, List<Told>> bySpan = new HashMap<>();
        told.forEach(each -> bySpan.computeIfAbsent(each.span().text(), span -> new ArrayList<>())
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

    private boolean isGood(List<Told> ofSpan) {
        List<Told> ended = ofSpan.stream()
                .map(each -> newest.get(each.part()))
                .filter(Objects::nonNull)
                .toList();
        return ended.size() == ofSpan.size()
                && ended.stream().allMatch(Told::isGood)
                && ended.stream().anyMatch(Told::isSuccess);
    }

    private boolean isCounted() {
        int count = Objects.requireNonNull(terms.job().whole().count());
        return newest.size() == parts.size()
                && newest.size() >= count
                && newest.values().stream().allMatch(Told::isSuccess)
                && newest.values().stream().noneMatch(each -> each.index().isPresent() && isPartOfMore(each));
    }

    private boolean isParentWhole() {
        return isParentComplete
                && newest.size() == parts.size()
                && newest.values().stream().allMatch(Told::isGood)
                && newest.values().stream().noneMatch(this::isPartOfMore)
                && hasNoGap();
    }

    /** Whether its parent is a part itself: what is whole in it is a part of the date. */
    private boolean isPartOfMore(Told each) {
        return each.span().isShort() || story.hasShortPartAbove(each.of().run());
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
        List<Told> successes = newest.values().stream().filter(Told::isSuccess).toList();
        Told any = newest.values().iterator().next();
        Map<String, Object> metadata = new LinkedHashMap<>(event.notes());
        metadata.put("job_namespace", unit.namespace());
        metadata.put("job_name", unit.job());
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("when", terms.job().whole().when().name().toLowerCase(Locale.ROOT));
        whole.put("parts", newest.size());
        metadata.put(Row.WHOLE, whole);
        return new Row(
                unit.name(),
                event,
                successes.isEmpty() ? "skipped" : "success",
                date,
                any.of().run().saidLast(RunEvent::parent).map(RunKey::id).orElse(null),
                sum(successes),
                metadata);
    }

    /** Unknown as soon as one is, and where all were skipped; the parts that were skipped wrote nothing. */
    private static @Nullable Long sum(List<Told> successes) {
        BigInteger sum = BigInteger.ZERO;
        for (Told success : successes) {
            if (success.count() == null) {
                return null;
            }
            sum = sum.add(BigInteger.valueOf(success.count()));
        }
        return successes.isEmpty() || sum.bitLength() >= Long.SIZE ? null : sum.longValue();
    }
}
