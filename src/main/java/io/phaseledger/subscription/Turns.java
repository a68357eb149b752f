package io.phaseledger.subscription;

import io.phaseledger.database.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds out what is next for a subscription. */
@ApplicationScoped
class Turns {

    /** Calls that are read at once. */
    private static final int PAGE = 100;

    private final Calls calls;
    private final SubscriptionTable table;
    private final Messages messages;
    private final DatabaseClock clock;

    Turns(Calls calls, SubscriptionTable table, Messages messages, DatabaseClock clock) {
        this.calls = calls;
        this.table = table;
        this.messages = messages;
        this.clock = clock;
    }

    /** Empty when nothing is due, or the lease is another's. */
    @Transactional
    Optional<Round.Turn> next(UUID holder, UUID subscription) {
        List<Delivery> due = calls.due(holder, subscription, PAGE);
        return due.isEmpty()
                ? Optional.empty()
                : table.kept(subscription).map(row -> new Round.Turn(row.target(clock.now()), due, messages.of(due)));
    }
}
