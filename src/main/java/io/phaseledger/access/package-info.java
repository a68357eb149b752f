/**
 * Who asks, and what they may do.
 *
 * <p>Every resource method says with {@link io.phaseledger.access.Needs} which {@link io.phaseledger.access.Scope} it
 * takes; one that says nothing cannot be called. {@code Authenticator} stands before all of them: it makes a {@link
 * io.phaseledger.access.Principal} of the credentials and holds it against the scope. What is recorded carries the
 * principal's name, and a principal may be limited to some phases and processors, which the ledger checks when it knows
 * the names that were meant.
 *
 * <p>Credentials are one of three. A key ({@code plk_…}) is looked up in the database by its public part and compared by
 * the hash of its secret part. Any other bearer token is a JWT of an OpenID Connect issuer, such as Google's ID tokens of
 * service accounts; Quarkus checks it, and a grant in the configuration says what its subject may do. Or an
 * authenticating proxy in front has seen to it all and names the caller in a header.
 *
 * <p>Without any of these every caller may do everything, and so the service then listens on the loopback address only
 * ({@link io.phaseledger.access.AuthSettings}).
 *
 * <p>What is no resource has no {@code Needs}: {@code RouteCheck} lets a caller see the metrics and the contract who may
 * {@link io.phaseledger.access.Scope#READ}, and only the probes take no key.
 *
 * <p>Easy to get wrong: the looked-up key is remembered for a few seconds, so that a revocation reaches the other instances
 * by then, and this one must forget it after the commit; a key expires by the database's clock, whatever this machine's
 * says; and a database that cannot be asked is a 503, never a 401.
 */
@NullMarked
package io.phaseledger.access;

import org.jspecify.annotations.NullMarked;
