/**
 * The connections that requests come on: how many there may be, and how long one may take to say what it wants.
 *
 * <p>The framework knows a bound on connections that closes the newest, so that a crowd of idle ones keeps every other
 * caller out, the health probe too; and it knows no bound on the time that a request's headers take. So {@code Connections}
 * stands beside the server's listening socket and sees each connection as it is accepted, and {@code ConnectionGuard} sits
 * in each connection, behind the HTTP decoder, and sees requests begin and answers end.
 *
 * <p>Nothing here knows what is asked; the package depends on no other of ours.
 */
@NullMarked
package io.phaseledger.connection;

import org.jspecify.annotations.NullMarked;
