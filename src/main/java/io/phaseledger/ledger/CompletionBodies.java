package io.phaseledger.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows as they are shown, for who tells others of them. */
@ApplicationScoped
public class CompletionBodies {

    private final CompletionTable table;

    CompletionBodies(CompletionTable table) {
        this.table = table;
    }

    /** As they were recorded: whether one was retracted later is told by a row of its own. */
    public Map<Long, Object> at(Collection<Long> positions) {
        return positions.isEmpty()
                ? Map.of()
                : table.at(positions)
                        .collect(Collectors.toMap(row -> row.position, row -> CompletionView.of(row, null, null)));
    }
}
