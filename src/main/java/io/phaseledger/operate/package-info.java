/**
 * What the operator sees of the service besides its answers: request ids, refusals in the log, latencies, traces.
 *
 * <p>Every request has an id: the caller's {@code X-Request-Id}, or one made here. It is answered with, and it is in every
 * log line that the request causes ({@code request_id}; as JSON a field of its own). A request that is refused, with 4xx
 * or 5xx, leaves exactly one line, which says what the problem document said and the ids that the report carried, so that
 * a producer's log and ours can be laid side by side. Neither the log nor a trace gets a secret that a caller has put where
 * it does not belong ({@code Redaction}).
 *
 * <p>A process that is told to end first refuses new requests ({@link io.phaseledger.operate.Closing}) and lets those
 * that are under way finish; those that would go on for long are ended ({@link io.phaseledger.operate.ProcessEnd}).
 *
 * <p>It knows none of the packages that tell it something, only {@code http}.
 */
@NullMarked
package io.phaseledger.operate;

import org.jspecify.annotations.NullMarked;
