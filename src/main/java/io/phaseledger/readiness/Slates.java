package io.phaseledger.readiness;

import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The units of work that each date is known to have; a date that is absent is unknown, not empty. */
public final class Slates {

    private final NavigableMap<LocalDate, Integer> units;

    public Slates(Map<LocalDate, Integer> units) {
        this.units = new TreeMap<>(units);
    }

    public OptionalInt units(LocalDate date) {
        Integer known = units.get(date);
        return known == null ? OptionalInt.empty() : OptionalInt.of(known);
    }

    public boolean hasNoWork(LocalDate date) {
        return units(date).orElse(1) == 0;
    }

    /** The latest date before {@code date} that is known to have work. */
    public Optional<LocalDate> previousWithWork(LocalDate date) {
        return units.headMap(date, false).descendingMap().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** How many dates after {@code from} and before {@code to} are unknown. */
    public long unknownBetween(LocalDate from, LocalDate to) {
        long between = to.toEpochDay() - from.toEpochDay() - 1;
        return between - units.subMap(from, false, to, false).size();
    }
}
