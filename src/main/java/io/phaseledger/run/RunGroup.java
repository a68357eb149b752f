package io.phaseledger.run;

import io.phaseledger.source.Whole;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The runs of one job that become whole together.
 *
 * @param of the date that their intervals are to cover, in its zone; or the parent that they have
 */
record RunGroup(String namespace, String job, String of) {

    /** Dates that one interval may be part of. */
    private static final int MOST_DATES = 62;

    /** As which its rows are kept. */
    String name() {
        return String.join("\n", "whole", namespace, job, of);
    }

    /** The one whose name this is. */
    static RunGroup parse(String name) {
        String[] parts = name.split("\n", 4);
        return new RunGroup(parts[1], parts[2], parts[3]);
    }

    /** Empty where a parent holds them together, of whose name control characters are part. */
    Optional<LocalDate> date() {
        return of.contains("\n") ? Optional.empty() : Optional.of(LocalDate.parse(of));
    }

    /** Those that a run is in, by what it is known to be for. */
    static Set<RunGroup> of(RunReading reading, JobInterpretation as) {
        Set<RunGroup> groups = new LinkedHashSet<>();
        Run run = reading.run();
        Whole.When when = as.job().whole().when();
        boolean isByInterval = when == Whole.When.INTERVALS;
        Optional<String> family = isByInterval ? Optional.empty() : run.family();
        if (when == Whole.When.RUN) {
            return groups;
        }
        if (family.isPresent()) {
            groups.add(new RunGroup(run.key().namespace(), run.job(), family.get()));
            return groups;
        }
        for (RunState state : reading.states()) {
            List<LocalDate> dates = isByInterval ? dates(state.span(), as) : List.of(state.date());
            dates.forEach(date -> groups.add(new RunGroup(run.key().namespace(), run.job(), date.toString())));
        }
        return groups;
    }

    private static List<LocalDate> dates(Span span, JobInterpretation as) {
        LocalDate first = span.start().in(as.zone()).toLocalDate();
        LocalDateTime end = (span.end() == null ? span.start() : span.end()).in(as.zone());
        LocalDate last = end.minusNanos(1).toLocalDate();
        return first.datesUntil((last.isBefore(first) ? first : last).plusDays(1))
                .limit(MOST_DATES)
                .toList();
    }
}
