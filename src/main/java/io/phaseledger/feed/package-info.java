/**
 * The ledger as it goes on: one mechanism for everything that reacts to it.
 *
 * <p>Position order is commit order and has no gaps, so a reader that asks for what comes after the last position that it has
 * seen misses nothing and sees nothing before its commit. The ledger is its own outbox.
 *
 * <p>A {@link io.phaseledger.feed.Follower} lives in this process and remembers nothing: waiters and streams. {@link
 * io.phaseledger.feed.Feed} tells all of them from one thread, on a connection of its own. A {@link
 * io.phaseledger.feed.Sink} has a cursor in the database: {@code Pump} runs each on a thread of its own, and {@code
 * SinkTurn} hands it a page and moves the cursor in one transaction, which holds the cursor's row. So of any number of
 * instances one runs a sink at a time, there is no leader to elect or to lose, and a process that is killed leaves the
 * cursor where it was.
 *
 * <p>Easy to get wrong: a notification is a hint and carries nothing. Whether or not it comes, both look twice a second.
 */
@NullMarked
package io.phaseledger.feed;

import org.jspecify.annotations.NullMarked;
