/**
 * When policies were ready, held against when they should be.
 *
 * <p>{@link io.phaseledger.timeliness.Histories} reads all that ever bore on policies and dates, for as many as are asked
 * about by one statement: what the rule makes of it is pure, {@link io.phaseledger.readiness.History} in {@code readiness}.
 *
 * <p>Easy to get wrong: a history has an end, an instant and a position, and nothing that was learned later may count; the
 * rows of a cell may be thousands, so only so many are read, and a history knows what it does not know.
 */
@NullMarked
package io.phaseledger.timeliness;

import org.jspecify.annotations.NullMarked;
