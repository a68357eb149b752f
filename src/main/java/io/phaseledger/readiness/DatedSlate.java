package io.phaseledger.readiness;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;

/**
 * How many units a date was said to have, and from when that was known.
 *
 * @param position its place in the ledger's order
 * @param insertedAt when it was learned; it may have been said so afterwards
 */
public record DatedSlate(LocalDate gameDate, int units, long position, Instant insertedAt) {

    static final Comparator<DatedSlate> IN_FORCE =
            Comparator.comparing(DatedSlate::insertedAt).thenComparingLong(DatedSlate::position);
}
