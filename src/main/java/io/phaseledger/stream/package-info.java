/**
 * The ledger told over HTTP as it goes on: server-sent events, for dashboards and other clients that keep a connection open.
 *
 * <p>{@code EventsResource} opens an {@code EventStream} for a client. It is pulled, not pushed: when the client has taken
 * what it was sent, it wants more, and what comes next after its position is read from the ledger. So each client has one
 * page in memory at most, however far it is behind, and one that takes nothing for a while is dropped. {@code Streams}
 * wakes them all when the feed tells of something new.
 *
 * <p>Easy to get wrong: a client's place is a position and nothing else. A client that comes again with it goes on without loss
 * and without repeat, on any instance. And a client is let in once and told for days: with each sign of life it is asked
 * again whether its key or token is still good.
 */
@NullMarked
package io.phaseledger.stream;

import org.jspecify.annotations.NullMarked;
