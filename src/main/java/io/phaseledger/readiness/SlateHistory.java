package io.phaseledger.readiness;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that was ever said of how many units dates have, up to a position; immutable. */
public final class SlateHistory {

    private final NavigableMap<LocalDate, List<DatedSlate>> byDate;
    private final long position;

    private SlateHistory(NavigableMap<LocalDate, List<DatedSlate>> byDate, long position) {
        this.byDate = byDate;
        this.position = position;
    }

    /** Nothing yet. */
    public static SlateHistory none() {
        return new SlateHistory(new TreeMap<>(), Long.MAX_VALUE);
    }

    /** The same with these too. */
    public SlateHistory and(Collection<DatedSlate> more) {
        NavigableMap<LocalDate, List<DatedSlate>> all = new TreeMap<>(byDate);
        for (DatedSlate each : more) {
            all.merge(
                    each.gameDate(),
                    List.of(each),
                    (before, one) -> Stream.of(before, one)
                            .flatMap(Collection::stream)
                            .sorted(DatedSlate.IN_FORCE)
                            .toList());
        }
        return new SlateHistory(all, position);
    }

    /** The same as if the ledger ended at a position. */
    public SlateHistory upTo(long end) {
        return new SlateHistory(byDate, end);
    }

    /** The units that a date was known to have. */
    public OptionalInt units(LocalDate date, Instant at) {
        return unitsOf(byDate.getOrDefault(date, List.of()), at);
    }

    /** The last dates before one that were known to have work, the latest first, at most so many. */
    public List<LocalDate> lastWithWork(LocalDate before, int most, Instant at) {
        return byDate.headMap(before, false).descendingMap().entrySet().stream()
                .filter(each -> unitsOf(each.getValue(), at).orElse(0) > 0)
                .map(Map.Entry::getKey)
                .limit(most)
                .toList();
    }

    private OptionalInt unitsOf(List<DatedSlate> said, Instant at) {
        for (int i = said.size() - 1; i >= 0; i--) {
            DatedSlate slate = said.get(i);
            if (slate.position() <= position && !slate.insertedAt().isAfter(at)) {
                return OptionalInt.of(slate.units());
            }
        }
        return OptionalInt.empty();
    }

    /** What was said of a date, in the order in which it is in force. */
    Stream<DatedSlate> of(LocalDate date) {
        return byDate.getOrDefault(date, List.of()).stream().filter(each -> each.position() <= position);
    }

    /** The dates before one of which anything was said, the latest first. */
    Collection<LocalDate> before(LocalDate date) {
        return byDate.headMap(date, false).descendingKeySet();
    }
}
