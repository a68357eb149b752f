package io.phaseledger.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription is owed.
 *
 * @param pending how many calls
 * @param since when the first of them came to be owed
 * @param attempts how often the first was tried
 * @param nextAttemptAt when the first is tried, at the earliest
 * @param error why the first failed the last time
 */
record Backlog(
        long pending,
        @Nullable Instant since,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable String error) {

    static final Backlog NONE = new Backlog(0, null, 0, null, null);
}
