package io.phaseledger.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A message that has told who it is; what it says has not been looked at.
 *
 * @param messageId by which a redelivery is known, unique in its source
 * @param subscription of Pub/Sub, the one that delivered it
 * @param body all of it, as it is kept if it is rejected
 * @param tree the same, read
 */
record Received(Source source, String messageId, @Nullable String subscription, String body, ObjectNode tree) {}
