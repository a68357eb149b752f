/**
 * The rule: may a policy's work for a game date begin, as the ledger stood at one instant?
 *
 * <p>{@link io.phaseledger.readiness.Readiness#evaluate} is a pure function of a {@link
 * io.phaseledger.readiness.Policy}, a {@link io.phaseledger.readiness.Question} and the {@link
 * io.phaseledger.readiness.Evidence}. It reads no clock, no database and no flag, so the same three always give the
 * same {@link io.phaseledger.readiness.Verdict}, today or in ten years. Nothing here depends on anything but the JDK.
 *
 * <p>How a verdict is made, in the order of the classes: {@link io.phaseledger.readiness.TargetDate} says which date a
 * requirement applies to; {@link io.phaseledger.readiness.Evidence} finds the row that decides; {@code Judgement}
 * compares it with the requirement and gives at most one {@link io.phaseledger.readiness.Reason}; {@code Evaluation}
 * adds upstreams, quorum and what a backfill waives; {@code Expiry} asks the same question at later instants to find when
 * a ready verdict expires by the clock alone.
 *
 * <p>Easy to get wrong: the newest row is the newest by {@code completed_at}, not by arrival; an age equal to the bound
 * is fresh; "today" is the policy zone's; an unknown slate is not an empty one; and a row that is not accepted never
 * invalidates an older one that is.
 */
@NullMarked
package io.phaseledger.readiness;

import org.jspecify.annotations.NullMarked;
