package io.phaseledger.gate;

import io.phaseledger.readiness.EvidenceKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which groups want to hear of rows in which cells. Safe for use by any thread. */
final class EvidenceKeyIndex {

    private final Map<EvidenceKey, Set<WaitGroup>> byCell = new ConcurrentHashMap<>();

    /** A group wants to hear of these cells from now on, and no more of those of before that are not among them. */
    void heed(WaitGroup group, Set<EvidenceKey> before, Set<EvidenceKey> now) {
        for (EvidenceKey cell : now) {
            byCell.compute(cell, (key, existing) -> {
                Set<WaitGroup> groups = existing == null ? ConcurrentHashMap.newKeySet() : existing;
                groups.add(group);
                return groups;
            });
        }
        before.stream()
                .filter(cell -> !now.contains(cell))
                .forEach(cell -> byCell.computeIfPresent(cell, (key, all) -> {
                    all.remove(group);
                    return all.isEmpty() ? null : all;
                }));
    }

    Set<WaitGroup> of(EvidenceKey cell) {
        return byCell.getOrDefault(cell, Set.of());
    }
}
