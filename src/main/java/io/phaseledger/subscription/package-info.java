/**
 * Calls subscribers, and owes each the call until it was taken.
 *
 * <p>{@code FanOut} follows the ledger as a sink. For each entry and each subscription that wants it, it writes down a
 * delivery, in the transaction that moves its cursor: so one is owed exactly once, whatever is killed. {@code Debounce}
 * keeps those verdicts that are told only once they have stood for a while.
 *
 * <p>{@code Dispatcher} makes the calls. Of any number of instances one at a time makes those of a subscription: it holds
 * a lease, which it renews for as long as it lives. {@code DeliveryRun} is one such turn: the deliveries of one subscription,
 * one after another in their order, without a thread that waits for the answer; so the head of a subscription blocks its
 * own and no other. What was taken is written down a few at a time; a process that is killed before that makes those
 * calls again. A receiver knows them by the id of the event, which is the effect and stays the same, and sees by
 * {@code sequence} and {@code previoussequence} that it misses none.
 *
 * <p>How a call is made is up to a {@link io.phaseledger.subscription.Channel}: the packages {@code webhook} and
 * {@code pubsub} are such.
 *
 * <p>Easy to get wrong: a subscription that is disabled is still owed what happens, so that an operator who enables it again can
 * go on where it stopped.
 */
@NullMarked
package io.phaseledger.subscription;

import org.jspecify.annotations.NullMarked;
