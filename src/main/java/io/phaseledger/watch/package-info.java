/**
 * Notices that a policy's verdict for a date has become another, and announces it as an entry of the ledger's own order.
 *
 * <p>{@code ReadinessChangeDetector} follows the ledger as a sink. {@code AffectedVerdicts} tells which verdicts an entry
 * may change; each is evaluated as for any caller who asks, and compared with what {@code WatchedTable} remembers of it.
 * That table also knows when the clock alone may change it: a row goes stale, a date ends, a policy's next version takes
 * over.
 *
 * <p>An announcement has the as-of and the position that it was found at, so every caller can ask for the same verdict. No
 * question is ever answered by announcements: what was missed by one cannot make a verdict wrong. Changes that undo each
 * other before any look are not announced.
 */
@NullMarked
package io.phaseledger.watch;

import org.jspecify.annotations.NullMarked;
