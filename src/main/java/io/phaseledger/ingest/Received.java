package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A message that has told who it is; what it says has not been looked at.
 *
 * @param messageId by which a redelivery is known, unique at its door
 * @param subscription of Pub/Sub, the one that delivered it
 * @param tree all of it
 */
record Received(Door door, String messageId, @Nullable String subscription, ObjectNode tree) {}
