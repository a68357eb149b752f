package io.phaseledger.source;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How the runs of one job are to be understood.
 *
 * @param phase in which the job's work is recorded, before aliases
 * @param processorName as which it is recorded, before aliases
 * @param zone in which a nominal time becomes a date; null where no source says
 * @param gameDate from what the date is taken
 * @param dateOffset days that are added to that date, -366 to 366
 * @param whole when the work of a date is whole
 * @param source the name of the source that says so; null where none matches the job
 */
public record JobMapping(
        String phase,
        String processorName,
        @Nullable ZoneId zone,
        GameDateFrom gameDate,
        int dateOffset,
        Whole whole,
        @Nullable String source) {

    /** What holds of a job that no source matches: its names are its own, so that two jobs are never one. */
    static JobMapping byDefault(String namespace, String job) {
        return new JobMapping(namespace, job, null, GameDateFrom.NOMINAL_START, 0, Whole.EACH_RUN, null);
    }
}
