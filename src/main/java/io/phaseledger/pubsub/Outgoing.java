package io.phaseledger.pubsub;

import java.util.Map;

/** What is published to a topic; an empty ordering key is none. */
record Outgoing(TopicPath topic, String orderingKey, String data, Map<String, String> attributes) {

    boolean isOrdered() {
        return !orderingKey.isEmpty();
    }

    Lane lane() {
        return new Lane(topic, orderingKey);
    }

    /** Those that must arrive in the order in which they were given. */
    record Lane(TopicPath topic, String orderingKey) {}
}
