package io.phaseledger.readiness;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What can bear on a policy and a game date: whose versions, which slates, and in which cells rows may lie. */
public final class Reach {

    /** The latest dates with work among which a previous slate is looked for; before that, none is known. */
    static final int MAX_PREVIOUS = 8;

    /** What was known this long before a date was known whenever it matters. */
    private static final int SETTLED_DAYS = 14;

    private final String policy;
    private final LocalDate gameDate;
    private final PolicyHistory policies;
    private final SlateHistory slates;
    private final Set<LocalDate> dates = new LinkedHashSet<>();
    private final Set<LocalDate> previous = new LinkedHashSet<>();
    private final Set<LocalDate> passed = new LinkedHashSet<>();

    public Reach(String policy, LocalDate gameDate, PolicyHistory policies, SlateHistory slates) {
        this.policy = policy;
        this.gameDate = gameDate;
        this.policies = policies;
        this.slates = slates;
        dates.add(gameDate);
        policies.requirements().map(Requirement::gameDate).distinct().forEach(this::add);
    }

    private void add(TargetDate target) {
        if (target instanceof TargetDate.Offset offset) {
            dates.add(gameDate.plusDays(offset.days()));
        } else if (target instanceof TargetDate.PreviousSlate) {
            addPrevious();
        }
    }

    /** Every date that was the previous one with work at some time. */
    private void addPrevious() {
        Instant settled =
                gameDate.minusDays(SETTLED_DAYS).atStartOfDay(ZoneOffset.UTC).toInstant();
        for (LocalDate date : slates.before(gameDate)) {
            List<DatedSlate> said = slates.of(date).toList();
            passed.add(date);
            if (said.stream().anyMatch(each -> each.units() > 0)) {
                previous.add(date);
            }
            boolean always = !said.isEmpty()
                    && said.stream().allMatch(each -> each.units() > 0)
                    && !said.get(0).insertedAt().isAfter(settled);
            if (always || previous.size() == MAX_PREVIOUS) {
                return;
            }
        }
    }

    public String policy() {
        return policy;
    }

    public LocalDate gameDate() {
        return gameDate;
    }

    PolicyHistory policies() {
        return policies;
    }

    /** Where rows may lie that bear on it, and which statuses may decide there. */
    public Map<EvidenceKey, Set<Status>> cells() {
        Map<EvidenceKey, Set<Status>> cells = new LinkedHashMap<>();
        policies.requirements()
                .distinct()
                .forEach(each -> targets(each.gameDate())
                        .forEach(date -> cells.computeIfAbsent(each.cell(date), cell -> new TreeSet<>())
                                .addAll(each.accept())));
        return cells;
    }

    private Stream<LocalDate> targets(TargetDate target) {
        return target instanceof TargetDate.PreviousSlate
                ? previous.stream()
                : Stream.of(target.resolve(gameDate, new Slates(Map.of())).date());
    }

    /** When a slate or a version of a policy may change something. */
    Stream<Instant> changes() {
        return Stream.concat(
                policies.changes(),
                Stream.concat(dates.stream(), passed.stream())
                        .distinct()
                        .flatMap(slates::of)
                        .map(DatedSlate::insertedAt));
    }

    /** The slates that matter, as they were known. */
    Slates slatesAt(Instant at) {
        Map<LocalDate, Integer> units = new HashMap<>();
        dates.forEach(date -> add(date, at, units));
        for (LocalDate date : passed) {
            if (add(date, at, units) > 0) {
                break;
            }
        }
        return new Slates(units);
    }

    private int add(LocalDate date, Instant at, Map<LocalDate, Integer> units) {
        OptionalInt known = slates.units(date, at);
        known.ifPresent(each -> units.put(date, each));
        return known.orElse(0);
    }
}
