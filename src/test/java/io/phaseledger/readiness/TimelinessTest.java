package io.phaseledger.readiness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.MemoryLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stories of one policy, {@code cache} by 07:00 in New York, and what is said of it at some instants. */
class TimelinessTest {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final LocalDate DATE = LocalDate.parse("2026-02-02");

    private static Instant at(String dayAndTime) {
        String[] parts = dayAndTime.split("T", 2);
        return LocalDate.of(2026, 2, Integer.parseInt(parts[0]))
                .atTime(LocalTime.parse(parts[1]))
                .atZone(ZONE)
                .toInstant();
    }

    private static Policy policy(int version, long records, @Nullable Duration maxAge, @Nullable String readyBy) {
        return new Policy(
                "p",
                version,
                ZONE,
                List.of(new Requirement(
                        "phase4", "cache", records, null, null, Set.of(Status.SUCCESS), false, new TargetDate.Same())),
                null,
                maxAge == null ? null : new Freshness(maxAge, Applies.SAME_DAY),
                Backfill.BYPASS,
                List.of(),
                readyBy == null ? null : new Deadline(LocalTime.parse(readyBy), 0, Duration.ofMinutes(30)));
    }

    /**
     * A story in words, divided by blanks: {@code ok@2T06:00} a success of 60 records, {@code few@…} one of 10,
     * {@code late-told@…} a success completed at 06:30 of which the ledger learned then, {@code gone@…} the retraction of the
     * row before, {@code slate=0@…}, and versions: {@code fresh@…} one with six hours, {@code due08:00@…}, {@code due06:00@…},
     * {@code undue@…}, {@code one@…} one that asks for one record.
     */
    private static final class Story {

        private final List<Completion> rows = new ArrayList<>();
        private final List<MemoryLedger.Retraction> retractions = new ArrayList<>();
        private final List<MemoryLedger.Slate> slates = new ArrayList<>();
        private final List<DatedPolicy> versions = new ArrayList<>();
        private long position;

        Story(String words) {
            versions.add(new DatedPolicy(policy(1, 50, null, "07:00"), at("1T00:00")));
            for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
                String[] parts = word.split("@", 2);
                add(parts[0], at(parts[1]));
            }
        }

        private void add(String what, Instant at) {
            position++;
            int version = versions.size() + 1;
            switch (what) {
                case "ok" -> row(60, at, at);
                case "few" -> row(10, at, at);
                case "late-told" -> row(60, at("2T06:30"), at);
                case "gone" -> {
                    UUID last = rows.get(rows.size() - 1).id();
                    retractions.add(new MemoryLedger.Retraction(last, position, at));
                }
                case "fresh" -> versions.add(new DatedPolicy(policy(version, 50, Duration.ofHours(6), "07:00"), at));
                case "undue" -> versions.add(new DatedPolicy(policy(version, 50, null, null), at));
                case "one" -> versions.add(new DatedPolicy(policy(version, 1, null, "07:00"), at));
                default -> {
                    if (what.startsWith("slate=")) {
                        slates.add(new MemoryLedger.Slate(DATE, Integer.parseInt(what.substring(6)), position, at));
                    } else {
                        versions.add(new DatedPolicy(policy(version, 50, null, what.substring(3)), at));
                    }
                }
            }
        }

        private void row(long count, Instant completedAt, Instant insertedAt) {
            EvidenceKey cell = new EvidenceKey("phase4", "cache", DATE);
            rows.add(new Completion(
                    new UUID(0, position),
                    position,
                    cell,
                    Status.SUCCESS,
                    count,
                    null,
                    false,
                    completedAt,
                    insertedAt));
        }

        @Nullable
        Timeliness timeliness(Instant asOf) {
            MemoryLedger ledger = new MemoryLedger(rows, retractions, slates);
            Reach reach = new Reach("p", DATE, new PolicyHistory(Map.of("p", versions)), ledger.slateHistory());
            History history = ledger.history(reach, asOf, Long.MAX_VALUE);
            Due due = Due.of(reach.policies().of("p"), DATE);
            if (due == null) {
                return null;
            }
            return asOf.isBefore(due.at())
                    ? Timeliness.before(due, history.verdictAt(asOf), null)
                    : Timeliness.after(due.at(), asOf, Landing.of(history, due.at()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # story                                          | as of   | state    | due     | landed  | late min | expired | told late
            ''                                               | 2T06:29 | NOT_DUE  | 2T07:00 | -       | -    | -       | false
            ''                                               | 2T06:30 | AT_RISK  | 2T07:00 | -       | -    | -       | false
            ok@2T06:00                                       | 2T06:30 | NOT_DUE  | 2T07:00 | -       | -    | -       | false
            ''                                               | 2T07:00 | MISSING  | 2T07:00 | -       | -    | -       | false
            ''                                               | 2T07:01 | MISSING  | 2T07:00 | -       | -    | -       | false
            ok@3T02:00                                       | 3T01:59 | MISSING  | 2T07:00 | -       | -    | -       | false
            ok@3T02:00                                       | 3T02:00 | LATE     | 2T07:00 | 3T02:00 | 1140 | -       | false
            ok@3T02:00 ok@3T03:00 few@3T04:00                | 3T09:00 | LATE     | 2T07:00 | 3T02:00 | 1140 | -       | false
            ok@2T05:00                                       | 2T07:00 | ON_TIME  | 2T07:00 | 2T05:00 | -    | -       | false
            ok@2T05:00 few@2T09:00 ok@2T10:00                | 2T12:00 | ON_TIME  | 2T07:00 | 2T05:00 | -    | -       | false
            ok@2T07:00                                       | 2T12:00 | ON_TIME  | 2T07:00 | 2T07:00 | -    | -       | false
            ok@2T07:00:00.000001                             | 2T12:00 | LATE     | 2T07:00 | 2T07:00:00.000001 | 0 | - | false
            few@2T05:00 few@2T08:00                          | 2T12:00 | MISSING  | 2T07:00 | -       | -    | -       | false
            ok@2T05:00 few@2T06:00                           | 2T12:00 | MISSING  | 2T07:00 | -       | -    | 2T06:00 | false
            ok@2T05:00 gone@2T06:00                          | 2T07:00 | MISSING  | 2T07:00 | -       | -    | 2T06:00 | false
            ok@2T05:00 gone@2T06:00 ok@2T08:00               | 2T09:00 | LATE     | 2T07:00 | 2T08:00 | 60   | 2T06:00 | false
            ok@2T05:00 gone@2T06:00 ok@2T06:30               | 2T09:00 | ON_TIME  | 2T07:00 | 2T05:00 | -    | -       | false
            ok@2T06:30 few@2T06:40 gone@2T08:00              | 2T09:00 | LATE     | 2T07:00 | 2T08:00 | 60   | 2T06:40 | false
            late-told@2T08:00                                | 2T09:00 | LATE     | 2T07:00 | 2T08:00 | 60   | -       | true
            # freshness: ready, stale before it is due, and fresh again by nothing but the end of the date
            fresh@1T00:00 ok@2T00:30                         | 3T09:00 | MISSING  | 2T07:00 | -       | -    | 2T06:30:00.000001 | false
            fresh@1T00:00 ok@2T00:30 ok@2T20:00              | 3T09:00 | LATE     | 2T07:00 | 2T20:00 | 780  | 2T06:30:00.000001 | false
            fresh@1T00:00 ok@2T00:30 ok@3T08:00              | 3T09:00 | MISSING  | 2T07:00 | -       | -    | 2T06:30:00.000001 | false
            # slates: none on those of 0 when it is due; afterwards one of 0 is an answer too
            slate=0@1T00:00                                  | 2T06:45 | -        | -       | -       | -    | -       | -
            slate=0@1T00:00                                  | 2T08:00 | -        | -       | -       | -    | -       | -
            slate=0@1T00:00 slate=4@2T07:30                  | 2T08:00 | -        | -       | -       | -    | -       | -
            slate=4@1T00:00 slate=0@2T09:00                  | 2T10:00 | LATE     | 2T07:00 | 2T09:00 | 120  | -       | false
            slate=0@1T00:00 slate=4@2T06:00 ok@2T06:30       | 2T08:00 | ON_TIME  | 2T07:00 | 2T06:30 | -    | -       | false
            # versions: the one in force when it is due judges it
            due08:00@2T06:30 ok@2T07:30                      | 2T09:00 | ON_TIME  | 2T08:00 | 2T07:30 | -    | -       | false
            due08:00@2T07:10 ok@2T07:30                      | 2T09:00 | LATE     | 2T07:00 | 2T07:30 | 30   | -       | false
            due06:00@2T06:30 ok@2T06:45                      | 2T09:00 | -        | -       | -       | -    | -       | -
            undue@2T06:30 ok@2T07:30                         | 2T09:00 | -        | -       | -       | -    | -       | -
            undue@2T07:00                                    | 2T09:00 | -        | -       | -       | -    | -       | -
            undue@2T07:01                                    | 2T09:00 | MISSING  | 2T07:00 | -       | -    | -       | false
            few@2T06:00 one@2T09:00                          | 2T10:00 | LATE     | 2T07:00 | 2T09:00 | 120  | -       | false
            few@2T06:00 one@2T06:50                          | 2T10:00 | ON_TIME  | 2T07:00 | 2T06:50 | -    | -       | false
            """)
    void what_is_said_of_a_story(
            String story,
            String asOf,
            String state,
            String due,
            String landed,
            String lateMinutes,
            String expired,
            String reportedLate) {
        Timeliness told = new Story(story).timeliness(at(asOf));
        if (state == null) {
            assertEquals(null, told);
            return;
        }
        String expected = String.join(
                " ",
                state,
                String.valueOf(at(due)),
                String.valueOf(landed == null ? null : at(landed)),
                String.valueOf(lateMinutes),
                String.valueOf(expired == null ? null : at(expired)),
                reportedLate);
        assertEquals(
                expected,
                Objects.requireNonNull(told).state() + " " + told.dueAt() + " " + told.landedAt() + " "
                        + (told.late() == null ? null : told.late().toMinutes()) + " " + told.expiredAt() + " "
                        + told.reportedLate());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # In a gap, later by the gap; of what comes twice, the first.
            America/New_York  | 2026-03-07 | 02:30 | 0 | 2026-03-07T07:30:00Z
            America/New_York  | 2026-03-08 | 02:30 | 0 | 2026-03-08T07:30:00Z
            America/New_York  | 2026-03-08 | 07:00 | 0 | 2026-03-08T11:00:00Z
            America/New_York  | 2026-03-07 | 02:30 | 1 | 2026-03-08T07:30:00Z
            America/New_York  | 2026-10-31 | 07:00 | 0 | 2026-10-31T11:00:00Z
            America/New_York  | 2026-11-01 | 01:30 | 0 | 2026-11-01T05:30:00Z
            America/New_York  | 2026-11-01 | 07:00 | 0 | 2026-11-01T12:00:00Z
            America/New_York  | 2026-10-31 | 01:30 | 1 | 2026-11-01T05:30:00Z
            Australia/Sydney  | 2026-04-05 | 02:30 | 0 | 2026-04-04T15:30:00Z
            Australia/Sydney  | 2026-04-05 | 07:00 | 0 | 2026-04-04T21:00:00Z
            Australia/Sydney  | 2026-10-04 | 02:30 | 0 | 2026-10-03T16:30:00Z
            America/Santiago  | 2026-09-06 | 00:30 | 0 | 2026-09-06T04:30:00Z
            America/Santiago  | 2026-04-04 | 23:30 | 0 | 2026-04-05T02:30:00Z
            """)
    void a_deadline_in_a_zone_is_an_instant(
            ZoneId zone, LocalDate date, LocalTime readyBy, int dayOffset, Instant due) {
        assertEquals(due, new Deadline(readyBy, dayOffset, null).dueAt(date, zone));
    }
}
