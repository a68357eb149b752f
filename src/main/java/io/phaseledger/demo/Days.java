package io.phaseledger.demo;

import io.phaseledger.demo.Season.Slate;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What the processors report over a season, in the order in which the ledger learned of it. */
final class Days {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    /** Of a hundred runs. */
    private static final int FAILED = 3;

    private static final int PARTIAL = 2;
    private static final int STARTS_TOLD = 8;

    /** The busiest day of the season re-ran everything more than twice as often. */
    private static final int BUSY_DAYS = 20;

    private Days() {}

    /** The reports that had arrived by then. */
    static List<Report> until(Instant now) {
        return Season.slates()
                .flatMap(Days::of)
                .filter(report -> !report.insertedAt().isAfter(now))
                .sorted(Comparator.comparing(Report::insertedAt).thenComparing(Report::executionId))
                .toList();
    }

    private static Stream<Report> of(Slate slate) {
        return Job.ALL.stream()
                .filter(job -> !Incident.isMissing(slate.date(), job))
                .flatMap(job -> of(slate, job));
    }

    private static Stream<Report> of(Slate slate, Job job) {
        Random random = Draw.of(slate.date(), job.processor());
        int runs = job.runs(slate.games());
        if (Draw.of(slate.date(), "busy").nextInt(BUSY_DAYS) == 0) {
            runs = runs * 9 / 4;
        }
        int delay = Incident.delay(slate.date(), job);
        Instant midnight = slate.date().atStartOfDay(ZONE).toInstant();
        List<Report> reports = new ArrayList<>();
        for (Incident.Run told : Incident.runs(slate.date(), job)) {
            reports.add(told(slate, job, reports.size(), midnight, told));
        }
        boolean filled = !reports.isEmpty();
        if (Incident.hasNoOther(slate.date(), job)) {
            return reports.stream();
        }
        for (int run = reports.size(); run < runs; run++) {
            Instant due = midnight.plusSeconds(60L * (job.first() + delay + run * job.every()));
            filled |= add(reports, slate, job, run, due, filled, random);
        }
        return reports.stream();
    }

    private static Report told(Slate slate, Job job, int run, Instant midnight, Incident.Run told) {
        int records = slate.games() * job.perGame();
        return report(slate, job, run, midnight.plusSeconds(told.startedAt()), midnight.plusSeconds(told.endedAt()))
                .ended("success", records, records);
    }

    private static Report report(Slate slate, Job job, int run, Instant start, Instant end) {
        String execution = slate.date() + "-" + job.processor() + "-" + run;
        return new Report(slate.date(), job, Incident.name(slate.date(), job), execution, start, end);
    }

    /** Once a run has filled the table, later runs are incremental; returns whether this run filled it. */
    private static boolean add(
            List<Report> reports, Slate slate, Job job, int run, Instant due, boolean filled, Random random) {
        Instant end = due.plusSeconds(random.nextInt(240));
        Instant start = end.minusSeconds(120 + random.nextInt(780));
        Report report = report(slate, job, run, start, end);
        if (random.nextInt(100) < STARTS_TOLD) {
            reports.add(report.started());
        }
        Report outcome = outcome(report, slate, run, random).incremental(filled);
        reports.add(outcome);
        return outcome.fills();
    }

    private static Report outcome(Report report, Slate slate, int run, Random random) {
        if (slate.games() == 0) {
            return report.ended("no_data", 0, 0);
        }
        int expected = slate.games() * report.job().perGame();
        int found = expected - random.nextInt(1 + expected / 12);
        if (run == 0 && Incident.beginsWithNothing(slate.date(), report.job())) {
            return report.ended("success", 0, expected);
        }
        int luck = random.nextInt(100);
        if (luck < FAILED) {
            return report.ended("failed", 0, expected);
        }
        return luck < FAILED + PARTIAL
                ? report.ended("partial", found / 2, expected)
                : report.ended("success", found, expected);
    }
}
