package io.phaseledger.access;

import java.time.Instant;

/**
 * A key as it was looked up.
 *
 * @param asOf when that was, by the database's clock, which says when a key expires
 * @param nanoTime when it was asked for, in {@link System#nanoTime()}; since then the database's clock has gone on as this
 *     one, which no operator can set
 */
record LookedUp(KeyRow row, Instant asOf, long nanoTime) {

    boolean isGood() {
        return row.revokedAt == null && !row.isExpired(asOf.plusNanos(System.nanoTime() - nanoTime));
    }
}
