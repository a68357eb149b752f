package io.phaseledger.readiness;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named, versioned set of requirements with a time zone.
 *
 * @param name null for one that is part of the question and not stored
 * @param version from 1; 0 for one that is not stored
 * @param zone whose midnight ends a date
 * @param quorum null when no optional requirement need be met
 * @param freshness null when any age will do
 * @param deadline when it should be ready; it does not bear on whether it is. Null for none
 */
public record Policy(
        @Nullable String name,
        int version,
        ZoneId zone,
        List<Requirement> requirements,
        @Nullable Quorum quorum,
        @Nullable Freshness freshness,
        Backfill backfill,
        List<Upstream> upstreams,
        @Nullable Deadline deadline) {

    public LocalDate dateAt(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }

    /** The same without the upstreams that can only warn: what they are makes no one wait. */
    public Policy deciding() {
        List<Upstream> strict = upstreams.stream().filter(Upstream::decides).toList();
        return strict.equals(upstreams)
                ? this
                : new Policy(name, version, zone, requirements, quorum, freshness, backfill, strict, deadline);
    }
}
