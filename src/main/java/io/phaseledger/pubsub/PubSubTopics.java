package io.phaseledger.pubsub;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Publishes to topics of Google Cloud Pub/Sub; any number of threads may use it. */
@ApplicationScoped
public class PubSubTopics {

    private final PubSubConfig config;
    private final OrderedPublisher lanes = new OrderedPublisher();
    private @Nullable Connection connection;

    PubSubTopics(PubSubConfig config) {
        this.config = config;
    }

    /** After those who publish, which end at the default priority. */
    synchronized void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event)
            throws InterruptedException {
        close();
    }

    synchronized void close() throws InterruptedException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    /**
     * Sends a message after all that was given before with the same ordering key; the very first may block for seconds,
     * while credentials are looked for.
     *
     * @param topic {@code projects/PROJECT/topics/NAME}, or its short name in the configured project
     * @param orderingKey empty for none; at most 1,024 bytes
     * @param data at most 10 MB as UTF-8; empty only with attributes
     * @param attributes at most 100, their names at most 256 bytes and their values 1,024
     * @return the id that the server gave the message, or {@link PublishFailed}: after {@code phase-ledger.pubsub.timeout}
     *     at most from when it is its turn
     */
    public CompletionStage<String> publish(
            String topic, String orderingKey, String data, Map<String, String> attributes) {
        try {
            Outgoing message =
                    new Outgoing(TopicPath.of(topic, config.project()), orderingKey, data, Map.copyOf(attributes));
            Connection open = open();
            return message.isOrdered() ? lanes.take(message.lane(), () -> open.send(message)) : open.send(message);
        } catch (PublishFailed refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Why nothing can be published to such a topic; empty when something may. */
    Optional<String> objection(String topic) {
        try {
            TopicPath.of(topic, config.project());
            return Optional.empty();
        } catch (PublishFailed refused) {
            return Optional.of(refused.detail());
        }
    }

    /** A failure is not remembered: credentials may be there the next time. */
    private synchronized Connection open() {
        if (connection == null) {
            connection = Connection.open(config);
        }
        return connection;
    }
}
