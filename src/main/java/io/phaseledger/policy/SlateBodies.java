package io.phaseledger.policy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Slates as they are shown, for who tells others of them. */
@ApplicationScoped
public class SlateBodies {

    private final SlateTable table;

    SlateBodies(SlateTable table) {
        this.table = table;
    }

    public Map<Long, Object> at(Collection<Long> positions) {
        return positions.isEmpty()
                ? Map.of()
                : table.list("position in ?1", positions).stream()
                        .collect(Collectors.toMap(row -> row.position, SlateResource.SlateView::of));
    }
}
