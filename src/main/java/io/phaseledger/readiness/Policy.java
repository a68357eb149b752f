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
 */
public record Policy(
        @Nullable String name,
        int version,
        ZoneId zone,
        List<Requirement> requirements,
        @Nullable Quorum quorum,
        @Nullable Freshness freshness,
        Backfill backfill,
        List<Upstream> upstreams) {

    public LocalDate dateAt(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }
}
