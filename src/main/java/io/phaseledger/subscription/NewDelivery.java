package io.phaseledger.subscription;

import io.phaseledger.feed.Entry;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call that comes to be owed.
 *
 * @param sequence the position of what is told
 * @param effect what the receiver knows it by
 */
record NewDelivery(UUID subscription, long sequence, String event, String effect) {

    /** What happened once for each position. */
    static NewDelivery each(UUID subscription, Entry entry) {
        return new NewDelivery(
                subscription,
                entry.position(),
                EventName.of(entry),
                EventName.of(entry) + ":" + about(entry.policy(), entry.gameDate()) + entry.position());
    }

    /** What happens once for each policy, date and state. */
    static NewDelivery once(UUID subscription, Entry entry) {
        return new NewDelivery(
                subscription,
                entry.position(),
                EventName.of(entry),
                EventName.of(entry) + ":" + entry.policy() + ":" + Objects.requireNonNull(entry.gameDate()));
    }

    /** What has stood since a position. */
    static NewDelivery settled(UUID subscription, long position, String event, String policy, LocalDate date) {
        return new NewDelivery(subscription, position, event, event + ":" + about(policy, date) + position);
    }

    private static String about(@Nullable String policy, @Nullable LocalDate date) {
        return (policy == null ? "" : policy + ":") + (date == null ? "" : date + ":");
    }
}
