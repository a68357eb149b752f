package io.phaseledger.feed;

import java.util.List;

/**
 * Something outside of the process, or with a memory of its own, that follows the ledger: one instance of all runs it.
 *
 * <p>It is given the ledger in order, at least once, and never a later page before it has returned from an earlier one.
 * What it writes to the database in the caller's transaction is written once: the cursor moves in the same.
 */
public interface Sink {

    /** Under this its cursor is kept, for ever. */
    String name();

    /**
     * Takes what is new.
     *
     * @param page in order and without a gap after the one before; empty when nothing is new, so that a sink which
     *     also goes by the clock can look at it
     * @throws RuntimeException when it must be given the same again, later
     */
    void take(List<Entry> page);
}
