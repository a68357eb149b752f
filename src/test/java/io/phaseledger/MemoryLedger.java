package io.phaseledger;

import io.phaseledger.readiness.Completion;
import io.phaseledger.readiness.Evidence;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Slates;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A whole ledger in memory, and the plainest reading of what it knew at an instant. */
public record MemoryLedger(List<Completion> rows, List<Retraction> retractions, List<Slate> slates) {

    /** That a row is out of evidence from an instant on. */
    public record Retraction(UUID retracts, long position, Instant insertedAt) {}

    /** That a date has so many units. */
    public record Slate(LocalDate gameDate, int units, long position, Instant insertedAt) {}

    /** Everything that was recorded up to a position and learned by an instant, less what was retracted by then. */
    public Evidence evidence(Instant asOf, long position, Map<String, Policy> upstreams) {
        Set<UUID> retracted = retractions.stream()
                .filter(each ->
                        each.position() <= position && !each.insertedAt().isAfter(asOf))
                .map(Retraction::retracts)
                .collect(Collectors.toSet());
        List<Completion> known = rows.stream()
                .filter(each ->
                        each.position() <= position && !each.insertedAt().isAfter(asOf))
                .filter(each -> !retracted.contains(each.id()))
                .toList();
        return Evidence.of(known, slates(asOf, position), upstreams);
    }

    public Evidence evidence(Instant asOf, Map<String, Policy> upstreams) {
        return evidence(asOf, Long.MAX_VALUE, upstreams);
    }

    private Slates slates(Instant asOf, long position) {
        Map<LocalDate, Integer> units = new HashMap<>();
        slates.stream()
                .filter(each ->
                        each.position() <= position && !each.insertedAt().isAfter(asOf))
                .sorted(Comparator.comparing(Slate::insertedAt).thenComparing(Slate::position))
                .forEach(each -> units.put(each.gameDate(), each.units()));
        return new Slates(units);
    }
}
