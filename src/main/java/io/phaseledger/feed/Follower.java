package io.phaseledger.feed;

import java.util.List;

/**
 * Something in this process that wants to know at once what is new: each instance has its own.
 *
 * <p>It remembers nothing over a restart. Both methods are called by one thread, one after another, and must return soon
 * and never wait for a database or a client: the next follower waits for them.
 */
public interface Follower {

    /** All that comes after this position will be told; whatever was known before must be looked at anew. */
    void begin(long position);

    /** New entries, in order and without a gap after those before; at least one. */
    void follow(List<Entry> entries);
}
