package io.phaseledger.run;

import io.phaseledger.http.WrittenTime;
import io.phaseledger.source.JobMapping;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the runs of a job are understood.
 *
 * @param zones in which a nominal time becomes a date: that of the source, else those of all policies that read the job,
 *     in the order of their names; empty where none says
 */
record JobInterpretation(JobMapping job, List<ZoneId> zones) {

    /** As it is kept with a row: which source gave it makes no difference to what follows from it. */
    JobInterpretation withoutSource() {
        return new JobInterpretation(
                new JobMapping(
                        job.phase(), job.processorName(), null, job.gameDate(), job.dateOffset(), job.whole(), null),
                zones);
    }

    /** The date that a time means. */
    LocalDate date(WrittenTime time) throws Held {
        List<LocalDate> dates = zones.stream()
                .map(zone -> time.in(zone).toLocalDate())
                .distinct()
                .toList();
        if (dates.size() > 1) {
            throw new Held(
                    "zones_disagree",
                    "the policies that read " + job.processorName() + " of " + job.phase() + " are in zones where "
                            + time.instant() + " is of different dates: " + zones);
        }
        LocalDate date = dates.isEmpty() ? dateWithoutZone(time) : dates.get(0);
        return date.plusDays(job.dateOffset());
    }

    /** That of UTC if it is midnight there, else as it was written if it is midnight so. */
    private LocalDate dateWithoutZone(WrittenTime time) throws Held {
        return Stream.of(time.in(ZoneOffset.UTC), time.local())
                .filter(each -> time.offset() == null || each.toLocalTime().equals(LocalTime.MIDNIGHT))
                .findFirst()
                .orElseThrow(() -> new Held(
                        "zone_unknown",
                        "no policy reads " + job.processorName() + " of " + job.phase()
                                + " and no source gives the zone in which " + time.local() + time.offset()
                                + " becomes a date"))
                .toLocalDate();
    }

    /** In which intervals cover a date. */
    ZoneId zone() {
        return zones.isEmpty() ? ZoneOffset.UTC : zones.get(0);
    }
}
