package io.phaseledger.pubsub;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Google's own in-memory Pub/Sub server, on a port of this machine. What it holds ends with its process.
 *
 * <p>A test that needs it is skipped, with a line that says so, where it cannot be built.
 */
public final class PubSubEmulator implements AutoCloseable {

    private static final int PULLED_AT_ONCE = 1000;

    /** How often a pull may come back with nothing, half a second each, before what was waited for is missing. */
    private static final int MOST_EMPTY_PULLS = 20;

    private final String port;
    private Process process;

    private PubSubEmulator(String port, Process process) {
        this.port = port;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "pubsub-emulator-stop"));
    }

    /** Starts it, and returns when it takes connections. */
    public static PubSubEmulator startOrSkip() throws IOException, InterruptedException {
        PstestProgram.buildOrSkip();
        Process any = launch("0");
        return new PubSubEmulator(portOf(any), any);
    }

    /** With port 0 it takes one that is free. */
    private static Process launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(PstestProgram.FILE.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    }

    private static String portOf(Process process) throws IOException {
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null || !line.startsWith("ready ")) {
            throw new IllegalStateException("the emulator did not start: " + line);
        }
        return line.substring(line.lastIndexOf(':') + 1);
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** As a machine that fails; topics, subscriptions and messages are gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Empty, on the same port. */
    public void restart() throws IOException {
        process = launch(port);
        portOf(process);
    }

    /** The same with a topic and its subscription, which are there before anybody can publish. */
    public void restartWith(String topic, String subscription) throws IOException {
        process = launch(port, topic, subscription);
        portOf(process);
    }

    @Override
    public void close() {
        kill();
    }

    /** Makes a topic, with a subscription that keeps the order of each key. */
    public void create(String topic, String subscription) throws IOException {
        try (TopicAdminClient topics = TopicAdminClient.create(TopicAdminSettings.newBuilder()
                        .setCredentialsProvider(credentials())
                        .setTransportChannelProvider(channel())
                        .build());
                SubscriptionAdminClient subscriptions = subscriptions()) {
            topics.createTopic(topic);
            subscriptions.createSubscription(Subscription.newBuilder()
                    .setName(subscription)
                    .setTopic(topic)
                    .setEnableMessageOrdering(true)
                    .build());
        }
    }

    /** Takes that many messages, in the order in which they are delivered. */
    public List<PubsubMessage> pull(String subscription, int count) throws IOException {
        List<PubsubMessage> pulled = new ArrayList<>();
        try (SubscriptionAdminClient subscriptions = subscriptions()) {
            for (int empty = 0; pulled.size() < count && empty < MOST_EMPTY_PULLS; ) {
                List<ReceivedMessage> some = subscriptions
                        .pull(PullRequest.newBuilder()
                                .setSubscription(subscription)
                                .setMaxMessages(PULLED_AT_ONCE)
                                .build())
                        .getReceivedMessagesList();
                some.forEach(each -> pulled.add(each.getMessage()));
                if (some.isEmpty()) {
                    empty++;
                } else {
                    subscriptions.acknowledge(
                            subscription,
                            some.stream().map(ReceivedMessage::getAckId).toList());
                }
            }
        }
        return pulled;
    }

    private SubscriptionAdminClient subscriptions() throws IOException {
        return SubscriptionAdminClient.create(SubscriptionAdminSettings.newBuilder()
                .setCredentialsProvider(credentials())
                .setTransportChannelProvider(channel())
                .build());
    }

    private static CredentialsProvider credentials() {
        return NoCredentialsProvider.create();
    }

    private TransportChannelProvider channel() {
        return TopicAdminSettings.defaultGrpcTransportProviderBuilder()
                .setEndpoint(address())
                .setChannelConfigurator(builder -> builder.usePlaintext())
                .build();
    }
}
