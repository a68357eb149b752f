package io.phaseledger.readiness;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Which date a requirement applies to, relative to the verdict's date. */
public sealed interface TargetDate {

    Resolved resolve(LocalDate verdictDate, Slates slates);

    /**
     * A target date, if it could be determined.
     *
     * @param date null when no slate determines it
     * @param unknownPassed how many dates of unknown slate lie between it and the verdict's date
     */
    record Resolved(@Nullable LocalDate date, long unknownPassed) {}

    /** The verdict's own date. */
    record Same() implements TargetDate {
        @Override
        public Resolved resolve(LocalDate verdictDate, Slates slates) {
            return new Resolved(verdictDate, 0);
        }
    }

    /** The latest earlier date that is known to have work; unknown dates are passed over and counted. */
    record PreviousSlate() implements TargetDate {
        @Override
        public Resolved resolve(LocalDate verdictDate, Slates slates) {
            return slates.previousWithWork(verdictDate)
                    .map(date -> new Resolved(date, slates.unknownBetween(date, verdictDate)))
                    .orElse(new Resolved(null, 0));
        }
    }

    /** A number of days after the verdict's date; before it when negative. */
    record Offset(int days) implements TargetDate {
        @Override
        public Resolved resolve(LocalDate verdictDate, Slates slates) {
            return new Resolved(verdictDate.plusDays(days), 0);
        }
    }
}
