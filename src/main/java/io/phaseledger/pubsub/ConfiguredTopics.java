package io.phaseledger.pubsub;

import io.phaseledger.subscription.ConfiguredSubscription;
import io.phaseledger.subscription.Subscriptions;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;

/** Topics that configuration names, as subscriptions: they are owed what happens like all others. */
@ApplicationScoped
class ConfiguredTopics {

    private final Subscriptions subscriptions;
    private final PubSubConfig config;

    ConfiguredTopics(Subscriptions subscriptions, PubSubConfig config) {
        this.subscriptions = subscriptions;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        List<ConfiguredSubscription> orders = new ArrayList<>();
        config.phaseTopics().forEach((phase, topic) -> orders.add(ConfiguredSubscription.ofPhase(phase, topic)));
        config.policyTopics().forEach((policy, topic) -> orders.add(ConfiguredSubscription.ofPolicy(policy, topic)));
        subscriptions.keep(orders);
    }
}
