package io.phaseledger.gate;

import io.phaseledger.readiness.Evidence;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at verdicts for who watches whether they change; as anybody would who asks, but at many at once. */
@ApplicationScoped
public class Standings {

    private final Gate gate;

    Standings(Gate gate) {
        this.gate = gate;
    }

    /** As they are now, all at the same moment. */
    @Transactional
    public Map<PolicyDate, Standing> now(Collection<PolicyDate> about) {
        return look(about, null);
    }

    /** As they would be now, had the ledger ended at a position. */
    @Transactional
    public Map<PolicyDate, Standing> upTo(long position, Collection<PolicyDate> about) {
        return look(about, position);
    }

    private Map<PolicyDate, Standing> look(Collection<PolicyDate> about, @Nullable Long position) {
        if (about.isEmpty()) {
            return Map.of();
        }
        Snapshot snapshot = gate.look(null, position, null);
        Map<String, Asked> asked = about.stream()
                .map(PolicyDate::policy)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), snapshot::policy));
        List<LocalDate> dates =
                about.stream().map(PolicyDate::gameDate).distinct().sorted().toList();
        Evidence evidence = gate.evidence(snapshot, asked.values(), dates);
        Map<PolicyDate, Standing> standings = new HashMap<>();
        for (PolicyDate each : about) {
            Inquiry inquiry = new Inquiry(each.policy(), each.gameDate(), Mode.LIVE, null, null);
            standings.put(
                    each, standing(inquiry, Objects.requireNonNull(asked.get(each.policy())), snapshot, evidence));
        }
        return standings;
    }

    private static Standing standing(Inquiry inquiry, Asked asked, Snapshot snapshot, Evidence evidence) {
        Verdict verdict = Matrix.evaluate(
                asked, inquiry.question(asked.policy(), snapshot.moment().asOf()), evidence);
        Set<String> upstreams = snapshot.upstreamsOf(List.of(asked.policy())).keySet();
        return Standing.of(inquiry, new Answer(snapshot, verdict, new Gate.Gathered(evidence, Set.of(), upstreams)));
    }
}
