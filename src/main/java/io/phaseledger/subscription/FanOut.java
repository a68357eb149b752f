package io.phaseledger.subscription;

import io.phaseledger.feed.Entry;
import io.phaseledger.feed.Sink;
import io.phaseledger.ledger.Names;
import io.phaseledger.ledger.Positions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.ArrayList;
import java.util.List;

/** Writes down for each entry which subscriptions are owed a call, once. */
@ApplicationScoped
class FanOut implements Sink {

    static final String NAME = "subscriptions";

    private final SubscriptionTable subscriptions;
    private final DeliveryTable deliveries;
    private final Debounce settling;
    private final Positions positions;
    private final Names names;
    private final Event<DeliveryTable.MoreIsOwed> events;

    FanOut(
            SubscriptionTable subscriptions,
            DeliveryTable deliveries,
            Debounce settling,
            Positions positions,
            Names names,
            Event<DeliveryTable.MoreIsOwed> events) {
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
        this.settling = settling;
        this.positions = positions;
        this.names = names;
        this.events = events;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void take(List<Entry> page) {
        List<NewDelivery> owed = new ArrayList<>();
        if (!page.isEmpty()) {
            Names.Known known = names.at(positions.head());
            subscriptions.kept().forEach(each -> add(each, page, known, owed));
        }
        owed.addAll(settling.settled());
        if (deliveries.owe(owed) > 0) {
            events.fire(new DeliveryTable.MoreIsOwed());
        }
    }

    private void add(SubscriptionRow subscription, List<Entry> page, Names.Known known, List<NewDelivery> owed) {
        SubscriptionFilter interest = subscription.interest().withWhatNamesStandFor(known);
        for (Entry entry : page) {
            if (entry.position() > subscription.startedAfter) {
                boolean isWanted = interest.has(entry);
                if (entry.type() == Entry.Type.READINESS
                        && subscription.definition.delivered() == SubscriptionDefinition.Deliver.SETTLED) {
                    settling.changed(subscription, entry, isWanted);
                } else if (isWanted) {
                    owed.add(owed(subscription, entry));
                }
            }
        }
    }

    private static NewDelivery owed(SubscriptionRow subscription, Entry entry) {
        return entry.type() == Entry.Type.READINESS
                        && subscription.definition.delivered() == SubscriptionDefinition.Deliver.FIRST
                ? NewDelivery.once(subscription.id, entry)
                : NewDelivery.each(subscription.id, entry);
    }
}
