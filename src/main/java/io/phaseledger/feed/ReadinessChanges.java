package io.phaseledger.feed;

import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Positions;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The announced changes of readiness: entries that a follower of the ledger adds to it. */
@ApplicationScoped
public class ReadinessChanges implements PanacheRepositoryBase<ReadinessChangeRow, Long> {

    private final Positions positions;

    ReadinessChanges(Positions positions) {
        this.positions = positions;
    }

    /** Announces them, in their order, when the caller's transaction is committed. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(List<ReadinessChange> changes) {
        Head head = positions.lock();
        Instant first = head.nextLearnedAt();
        for (int i = 0; i < changes.size(); i++) {
            persist(changes.get(i).row(head.position() + 1 + i, first.plus(i, ChronoUnit.MICROS)));
        }
        flush();
    }

    Map<Long, Object> at(Collection<Long> wanted) {
        return wanted.isEmpty()
                ? Map.of()
                : list("position in ?1", wanted).stream()
                        .collect(Collectors.toMap(row -> row.position, ReadinessChange::of));
    }
}
