package io.phaseledger.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * An event of OpenLineage, and how it came.
 *
 * @param door by which way: openlineage, pubsub or cloudevents
 * @param messageId what it was known by there
 * @param subscription of Pub/Sub; null for others
 */
public record RunMessage(
        String door, String messageId, @Nullable String subscription, ObjectNode event) {}
