package io.phaseledger;

import io.phaseledger.readiness.Completion;
import io.phaseledger.readiness.DatedPolicy;
import io.phaseledger.readiness.DatedSlate;
import io.phaseledger.readiness.Evidence;
import io.phaseledger.readiness.History;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.PolicyHistory;
import io.phaseledger.readiness.Reach;
import io.phaseledger.readiness.Reported;
import io.phaseledger.readiness.SlateHistory;
import io.phaseledger.readiness.Slates;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A whole ledger in memory, and the plainest reading of what it knew at an instant. */
public record MemoryLedger(List<Completion> rows, List<Retraction> retractions, List<Slate> slates) {

    /** From when every policy is in force, here and as {@link Recorder} puts it. */
    static final Instant BEGINNING = Instant.parse("2020-01-01T00:00:00Z");

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

    /** All of it that bears on a policy and a date. */
    public History history(String policy, LocalDate date, Collection<Policy> policies, Instant asOf, long position) {
        Map<String, List<DatedPolicy>> since = policies.stream()
                .collect(Collectors.toMap(
                        each -> String.valueOf(each.name()), each -> List.of(new DatedPolicy(each, BEGINNING))));
        return history(
                new Reach(policy, date, new PolicyHistory(since), slateHistory().upTo(position)), asOf, position);
    }

    /** The same where there were other versions once. */
    public History history(Reach reach, Instant asOf, long position) {
        List<Reported> reported = rows.stream()
                .filter(each -> reach.cells().containsKey(each.cell()))
                .filter(each ->
                        each.position() <= position && !each.insertedAt().isAfter(asOf))
                .map(each -> new Reported(each, retractedAt(each, asOf, position)))
                .toList();
        return new History(reach, asOf, reported, List.of());
    }

    /** Every slate. */
    public SlateHistory slateHistory() {
        return SlateHistory.none()
                .and(slates.stream()
                        .map(each -> new DatedSlate(each.gameDate(), each.units(), each.position(), each.insertedAt()))
                        .toList());
    }

    private @Nullable Instant retractedAt(Completion row, Instant asOf, long position) {
        return retractions.stream()
                .filter(each -> each.retracts().equals(row.id()))
                .filter(each ->
                        each.position() <= position && !each.insertedAt().isAfter(asOf))
                .map(Retraction::insertedAt)
                .min(Comparator.naturalOrder())
                .orElse(null);
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
