package io.phaseledger.policy;

import io.phaseledger.ledger.Positions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Versions of policies as they are shown, for who tells others of them. */
@ApplicationScoped
public class PolicyBodies {

    private final Positions positions;
    private final Policies policies;

    PolicyBodies(Positions positions, Policies policies) {
        this.positions = positions;
        this.policies = policies;
    }

    public Map<Long, Object> at(Collection<Long> wanted) {
        return wanted.isEmpty()
                ? Map.of()
                : policies.at(positions.head()).all().stream()
                        .filter(version -> wanted.contains(version.position()))
                        .collect(Collectors.toMap(PolicyVersion::position, PolicyView::of));
    }
}
