package io.phaseledger.run;

import io.phaseledger.source.JobMapping;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * How the runs of a job are read.
 *
 * @param zones in which a nominal time becomes a date: that of the source, else those of all policies that read the job,
 *     in the order of their names; empty where none says
 */
record Terms(JobMapping job, List<ZoneId> zones) {

    /** The date that a time means. */
    LocalDate date(SaidTime time) throws Held {
        List<LocalDate> dates = zones.stream().map(time::dateIn).distinct().toList();
        if (dates.size() > 1) {
            throw new Held(
                    "zones_disagree",
                    "the policies that read " + job.processorName() + " of " + job.phase() + " are in zones where "
                            + time.instant() + " is of different dates: " + zones);
        }
        if (dates.isEmpty() && time.offset() != null && !time.isMidnight(zones)) {
            throw new Held(
                    "zone_unknown",
                    "no policy reads " + job.processorName() + " of " + job.phase()
                            + " and no source gives the zone in which " + time.local()
                            + (time.offset() == null ? "" : time.offset()) + " becomes a date");
        }
        LocalDate date = dates.isEmpty() ? ofMidnight(time).toLocalDate() : dates.get(0);
        return date.plusDays(job.dateOffset());
    }

    /** In UTC if it is midnight there, else as it was written. */
    private static LocalDateTime ofMidnight(SaidTime time) {
        LocalDateTime inUtc = time.in(ZoneOffset.UTC);
        return inUtc.toLocalTime().equals(LocalTime.MIDNIGHT) ? inUtc : time.local();
    }
}
