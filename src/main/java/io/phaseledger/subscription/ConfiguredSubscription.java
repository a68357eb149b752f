package io.phaseledger.subscription;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * A subscription of a topic that configuration asks for.
 *
 * @param id the same wherever and whenever the same is asked for
 */
public record ConfiguredSubscription(
        UUID id, String topic, List<String> events, List<String> policies, List<String> phases) {

    /** Every completion and retraction of a phase. */
    public static ConfiguredSubscription ofPhase(String phase, String topic) {
        return new ConfiguredSubscription(
                id("phase", phase, topic), topic, List.of("completion", "retraction"), List.of(), List.of(phase));
    }

    /** That a policy has become ready for a date, once for each. */
    public static ConfiguredSubscription ofPolicy(String policy, String topic) {
        return new ConfiguredSubscription(
                id("policy", policy, topic), topic, List.of("readiness.ready"), List.of(policy), List.of());
    }

    private static UUID id(String kind, String name, String topic) {
        return UUID.nameUUIDFromBytes((kind + " " + name + " " + topic).getBytes(StandardCharsets.UTF_8));
    }

    SubscriptionDefinition definition() {
        return new SubscriptionDefinition(
                null, topic, events, policies, phases, null, null, null, null, null, "Configured.", null);
    }
}
