package io.phaseledger.run;

import io.phaseledger.source.Whole;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The runs of one job that can become whole together.
 *
 * @param date that their intervals are to cover, in its zone; empty where the parent holds them together
 * @param family that they are of; empty where a date holds them together
 */
record Unit(String namespace, String job, Optional<LocalDate> date, Optional<String> family) {

    /** Dates that one interval may be part of. */
    private static final int MOST_DATES = 62;

    /** As which its rows are kept. */
    String name() {
        return "whole\n" + namespace + "\n" + job + "\n"
                + date.map(LocalDate::toString).or(() -> family).orElse("");
    }

    /** The one whose name this is. */
    static Unit parse(String name) {
        String[] parts = name.split("\n", 4);
        boolean isDate = !parts[3].contains("\n");
        return new Unit(
                parts[1],
                parts[2],
                isDate ? Optional.of(LocalDate.parse(parts[3])) : Optional.empty(),
                isDate ? Optional.empty() : Optional.of(parts[3]));
    }

    /** Those that a run is in, by what it is known to be for. */
    static Set<Unit> of(RunReading reading, Terms terms) {
        Set<Unit> units = new LinkedHashSet<>();
        Whole.When when = terms.job().whole().when();
        Optional<String> family = reading.run().family();
        if (when == Whole.When.RUN) {
            return units;
        }
        if (when != Whole.When.INTERVALS && family.isPresent()) {
            units.add(of(reading, Optional.empty(), family));
            return units;
        }
        for (RunReading.Told told : reading.told()) {
            List<LocalDate> dates = when == Whole.When.INTERVALS ? dates(told.span(), terms) : List.of(told.date());
            dates.forEach(date -> units.add(of(reading, Optional.of(date), Optional.empty())));
        }
        return units;
    }

    private static Unit of(RunReading reading, Optional<LocalDate> date, Optional<String> family) {
        return new Unit(reading.run().key().namespace(), reading.run().job(), date, family);
    }

    private static List<LocalDate> dates(Span span, Terms terms) {
        ZoneId zone = zone(terms);
        LocalDate first = span.start().dateIn(zone);
        LocalDateTime end =
                span.end() == null ? span.start().in(zone) : span.end().in(zone);
        LocalDate last = end.minusNanos(1).toLocalDate();
        return first.datesUntil(last.isBefore(first) ? first.plusDays(1) : last.plusDays(1))
                .limit(MOST_DATES)
                .toList();
    }

    /** In which intervals cover a date. */
    static ZoneId zone(Terms terms) {
        return terms.zones().isEmpty() ? ZoneOffset.UTC : terms.zones().get(0);
    }
}
