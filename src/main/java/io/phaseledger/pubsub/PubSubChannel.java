package io.phaseledger.pubsub;

import io.phaseledger.http.PipelineName;
import io.phaseledger.subscription.Attempt;
import io.phaseledger.subscription.Channel;
import io.phaseledger.subscription.Message;
import io.phaseledger.subscription.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Tells subscriptions that lead to a topic. */
@ApplicationScoped
class PubSubChannel implements Channel {

    /** Of an ordering key, and of the value of an attribute: https://cloud.google.com/pubsub/quotas#resource_limits */
    private static final int MOST_BYTES = 1024;

    private final PubSubTopics topics;
    private final PipelineMessages messages;

    /** The first message may wait for credentials. */
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "pubsub");
        thread.setDaemon(true);
        return thread;
    });

    PubSubChannel(PubSubTopics topics, PipelineMessages messages) {
        this.topics = topics;
        this.messages = messages;
    }

    @Override
    public String name() {
        return "pubsub";
    }

    @Override
    public boolean reaches(Target target) {
        return target.topic() != null;
    }

    @Override
    public Optional<String> objection(Target target) {
        return topics.objection(Objects.requireNonNull(target.topic()));
    }

    @Override
    public CompletionStage<Attempt> send(Target target, Message message) {
        String topic = Objects.requireNonNull(target.topic());
        return CompletableFuture.supplyAsync(
                        () -> topics.publish(
                                topic, orderingKey(message), messages.of(message), attributes(target, message)),
                        threads)
                .thenCompose(published -> published)
                .thenApply(id -> Attempt.delivered(null, "message " + id))
                .exceptionally(Attempt::failed);
    }

    /** What is about the same date of the same phase or policy stays in order. */
    private static String orderingKey(Message message) {
        String[] about = message.subject().split("/", -1);
        return bounded(about.length > 1 ? about[0] + "/" + about[1] : message.subject());
    }

    /** Of long names in many bytes, the beginning and a hash; the data has the whole ones. */
    private static String bounded(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES ? text : PipelineName.fitted(text);
    }

    private static Map<String, String> attributes(Target target, Message message) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("id", message.id());
        attributes.put("event", message.event());
        attributes.put("subject", bounded(message.subject()));
        attributes.put("subscription", target.subscription().toString());
        attributes.put("sequence", Long.toString(message.sequence()));
        attributes.put("ledger_hash", message.ledgerHash());
        if (message.previousSequence() != null) {
            attributes.put("previous_sequence", Long.toString(message.previousSequence()));
        }
        return attributes;
    }
}
