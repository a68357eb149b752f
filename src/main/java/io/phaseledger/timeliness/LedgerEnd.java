package io.phaseledger.timeliness;

import java.time.Instant;

/**
 * Where the ledger ended when it was looked at.
 *
 * @param position of its newest entry
 * @param learnedAt when that was learned: whatever comes later is learned later, but for what is said afterwards
 * @param now the database's clock, never before that
 * @param slatePosition of the newest slate
 * @param datedPosition of the newest completion or slate that was said afterwards
 */
public record LedgerEnd(long position, Instant learnedAt, Instant now, long slatePosition, long datedPosition) {}
