package io.phaseledger.readiness;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By when a policy should be ready for a date.
 *
 * @param warnBefore how long before it is at risk; null for not at all
 */
public record Due(Instant at, @Nullable Duration warnBefore) {

    /**
     * The first deadline that passes while the version that sets it is in force; null for none. A version that takes over
     * later does not move a deadline that has passed.
     *
     * @param versions in the order in which they are in force
     */
    public static @Nullable Due of(List<DatedPolicy> versions, LocalDate gameDate) {
        for (int i = 0; i < versions.size(); i++) {
            DatedPolicy version = versions.get(i);
            Deadline deadline = version.policy().deadline();
            if (deadline != null) {
                Instant at = deadline.dueAt(gameDate, version.policy().zone());
                boolean isOver = i + 1 < versions.size()
                        && !at.isBefore(versions.get(i + 1).effectiveFrom());
                if (!at.isBefore(version.effectiveFrom()) && !isOver) {
                    return new Due(at, deadline.warnBefore());
                }
            }
        }
        return null;
    }

    /** When the clock makes it more urgent, after an instant before it. */
    public Instant nextTurn(Instant instant) {
        return warnBefore == null || isNearAt(instant) ? at : at.minus(warnBefore);
    }

    /** Whether an instant before it is so near that a policy which is not ready is at risk. */
    boolean isNearAt(Instant instant) {
        return warnBefore != null && !instant.isBefore(at.minus(warnBefore));
    }
}
