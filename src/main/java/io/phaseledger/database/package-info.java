/**
 * Knows whether the database answers, so that no request has to find out by waiting.
 *
 * <p>A PostgreSQL that is stopped refuses at once. One that is paused, or behind a network that swallows everything, says
 * nothing: connections stay open, and callers that asked something wait. A timeout on every read cannot tell the two
 * apart, because ten thousand rows may rightly take longer than a person wants to wait. So one thread asks one small
 * question four times a second, on a connection of its own ({@link io.phaseledger.database.Pulse}). When that is not
 * answered in time, all connections are cut, which ends every wait at once, and every request is answered 503 before it
 * takes a thread, a connection or the append lock. When the question is answered again, so are the requests.
 *
 * <p>The bound follows from a few numbers. Silence is noticed after {@code probe-interval} and {@code probe-timeout}, a
 * second and a quarter: then every statement that waits is cut off, and every report that waits to be committed is given
 * up ({@link io.phaseledger.database.DatabaseAway}). Who waits for a connection meanwhile waits for a second at most for one
 * to prove that it lives, and for {@code acquisition-timeout} for another. The other time-outs are for what the question does
 * not notice: a single connection that died alone ({@code socketTimeout}), a statement that waits for another's lock
 * ({@code statement_timeout}), a holder of the append lock that is gone.
 *
 * <p>Easy to get wrong: a connection that was cut says nothing about its last statement. A commit may have been carried
 * out, or may be later, when a paused server goes on. The service never assumes that it was not: the sender is told 503
 * and sends again, and the ledger looks under its lock whether the report is there.
 */
@NullMarked
package io.phaseledger.database;

import org.jspecify.annotations.NullMarked;
