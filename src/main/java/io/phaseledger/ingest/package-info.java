/**
 * Messages of other systems, taken as completions: what the pipeline publishes to Pub/Sub, CloudEvents, and OpenLineage.
 *
 * <p>A resource reads as much of a request as says which message it is, and refuses what says nothing of the kind: that is
 * the sender's fault. From then on the message is {@link io.phaseledger.ingest.Received}, and {@code Ingest} owes it a
 * place. {@code Unwrapping} takes out of it what it says, for one may be in another: a CloudEvent in a message of Pub/Sub's
 * and the other way round. {@code MessageReader} turns that into a report as it is posted, and the ledger's {@code Intake}
 * takes or refuses that as it would a POST. What cannot be read or is refused is kept by {@code RejectionTable},
 * once for each message, with the reason; operators list it, and have it tried again when the reason is gone. A retry reads
 * the message as it was received, in the same way.
 *
 * <p>So a message is answered 200 whatever is wrong with it. A push subscription sends everything else again, for ever,
 * and no operator would know why. 403 says that the sender may not record for that processor, and 503 that nothing could
 * be stored: both go away by themselves or when an operator acts, and a redelivery then finds them gone.
 *
 * <p>Delivered three times at once, a message is one row: the ledger sees to that by its execution_id, and where it has
 * none by a key made of the id of its innermost wrapping, which is the same by each door. A rejected one is one row of its own table by a unique key.
 *
 * <p>Easy to get wrong: what a message says decides, not when it came. It may be redelivered, or tried again, days later,
 * so nothing of a delivery (attempts, subscription, the clock) may get into the report, or the ledger would take the
 * second delivery for a contradiction. And the date is never guessed.
 */
@NullMarked
package io.phaseledger.ingest;

import org.jspecify.annotations.NullMarked;
