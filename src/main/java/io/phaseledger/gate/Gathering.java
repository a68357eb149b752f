package io.phaseledger.gate;

import io.phaseledger.policy.KnownSlates;
import io.phaseledger.readiness.Evidence;
import io.phaseledger.readiness.EvidenceKey;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Requirement;
import io.phaseledger.readiness.Slates;
import io.phaseledger.readiness.TargetDate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has to be gathered for what is asked of a snapshot. */
final class Gathering {

    private final Snapshot snapshot;
    private final List<Subject> subjects;
    private final Map<String, Policy> upstreams = new HashMap<>();
    private final List<Read> reads = new ArrayList<>();

    Gathering(Snapshot snapshot, List<Subject> subjects) {
        this.snapshot = snapshot;
        this.subjects = subjects;
        for (Subject subject : subjects) {
            Policy asked = subject.policy().policy();
            Map<String, Policy> reached = snapshot.upstreamsOf(List.of(asked));
            upstreams.putAll(reached);
            add(asked, subject.dates());
            reached.values().forEach(each -> add(each, subject.dates()));
        }
    }

    private void add(Policy policy, List<LocalDate> dates) {
        policy.requirements().forEach(each -> reads.add(new Read(each, dates)));
    }

    boolean isEmpty() {
        return subjects.isEmpty();
    }

    /**
     * The slates of every date that a requirement can reach; of at least one subject.
     *
     * @param asOf null for now
     * @param newest the position of the newest slate
     */
    KnownSlates.Range slates(@Nullable Instant asOf, long newest) {
        LocalDate from = LocalDate.MAX;
        LocalDate to = LocalDate.MIN;
        boolean withBefore = false;
        for (Subject subject : subjects) {
            from = earlier(from, subject.dates().get(0));
            to = later(to, subject.dates().get(subject.dates().size() - 1));
        }
        for (Read read : reads) {
            if (read.requirement.gameDate() instanceof TargetDate.Offset offset) {
                from = earlier(from, read.dates.get(0).plusDays(offset.days()));
                to = later(to, read.dates.get(read.dates.size() - 1).plusDays(offset.days()));
            }
            withBefore |= read.requirement.gameDate() instanceof TargetDate.PreviousSlate;
        }
        return new KnownSlates.Range(from, to, withBefore, asOf, Math.min(newest, snapshot.position()));
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    Gathered with(Slates slates, Reading reading) {
        Set<EvidenceKey> cells = new LinkedHashSet<>();
        for (Read read : reads) {
            for (LocalDate date : read.dates) {
                LocalDate target =
                        read.requirement.gameDate().resolve(date, slates).date();
                if (target != null) {
                    cells.add(read.requirement.cell(target));
                }
            }
        }
        Evidence evidence = Evidence.of(reading.rows(), slates, upstreams);
        return new Gathered(snapshot, subjects, cells, evidence);
    }

    /** A requirement that is held against evidence, for which dates of a verdict. */
    private record Read(Requirement requirement, List<LocalDate> dates) {}
}
