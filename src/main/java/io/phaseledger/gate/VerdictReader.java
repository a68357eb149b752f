package io.phaseledger.gate;

import io.phaseledger.readiness.Mode;
import io.phaseledger.timeliness.Timed;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads verdicts for classes that watch whether they change: the same that a caller would get, many at once. */
@ApplicationScoped
public class VerdictReader {

    private final Gate gate;

    VerdictReader(Gate gate) {
        this.gate = gate;
    }

    /** As they are now, all at the same moment. */
    public Map<PolicyDate, VerdictSnapshot> now(Collection<PolicyDate> about) {
        return look(about, null);
    }

    /** As they would be now, had the ledger ended at a position. */
    public Map<PolicyDate, VerdictSnapshot> upTo(long position, Collection<PolicyDate> about) {
        return look(about, position);
    }

    private Map<PolicyDate, VerdictSnapshot> look(Collection<PolicyDate> about, @Nullable Long position) {
        if (about.isEmpty()) {
            return Map.of();
        }
        Map<String, TreeSet<LocalDate>> dates = about.stream()
                .collect(Collectors.groupingBy(
                        PolicyDate::policy,
                        Collectors.mapping(PolicyDate::gameDate, Collectors.toCollection(TreeSet::new))));
        Gathered gathered = gate.gather(
                new AsKnown(null, position, null, false),
                snapshot -> dates.entrySet().stream()
                        .map(each -> new Subject(snapshot.policy(each.getKey()), List.copyOf(each.getValue())))
                        .toList());
        Map<PolicyDate, VerdictSnapshot> standings = new HashMap<>();
        for (Subject subject : gathered.subjects()) {
            for (LocalDate date : subject.dates()) {
                Answer answer = new Answer(gathered, gathered.verdict(subject.policy(), date, Mode.LIVE), Timed.NONE);
                PolicyDate of = new PolicyDate(
                        Objects.requireNonNull(subject.policy().policy().name()), date);
                standings.put(of, VerdictSnapshot.of(of, answer));
            }
        }
        return standings;
    }
}
