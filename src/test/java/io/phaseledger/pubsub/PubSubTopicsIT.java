package io.phaseledger.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.pubsub.v1.PubsubMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On Google's own in-memory server, over a real connection. */
@Tag("proof")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PubSubTopicsIT {

    private static final String PROJECT = "nba-test";
    private static final String KEY = "phase4/2026-02-02";

    /** In which a publish succeeds on a busy machine, and a failing one does not keep the tests. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private PubSubEmulator emulator;
    private PubSubTopics topics;
    private final String name = "t-" + UUID.randomUUID();
    private final String topic = "projects/" + PROJECT + "/topics/" + name;
    private final String subscription = "projects/" + PROJECT + "/subscriptions/" + name;

    @BeforeEach
    void start() throws Exception {
        emulator = PubSubEmulator.startOrSkip();
        topics = new PubSubTopics(settings(Optional.of(PROJECT)));
    }

    @AfterEach
    void stop() throws Exception {
        if (emulator != null) {
            topics.close();
            emulator.close();
        }
    }

    @Test
    void a_message_arrives_as_it_was_given() throws Exception {
        emulator.create(topic, subscription);
        String id = publish("{\"état\":\"ready\"}", Map.of("policy", "phase4", "zone", "America/New_York"))
                .join();
        PubsubMessage message = pullOne();
        assertEquals(id, message.getMessageId());
        assertEquals("{\"état\":\"ready\"}", message.getData().toStringUtf8());
        assertEquals(Map.of("policy", "phase4", "zone", "America/New_York"), message.getAttributesMap());
        assertEquals(KEY, message.getOrderingKey());
    }

    @Test
    void a_short_name_is_of_the_configured_project() throws Exception {
        emulator.create(topic, subscription);
        topics.publish(name, "", "short", Map.of()).toCompletableFuture().join();
        assertEquals("short", pullOne().getData().toStringUtf8());
    }

    @Test
    void messages_of_one_key_arrive_in_the_order_in_which_they_were_given() throws Exception {
        emulator.create(topic, subscription);
        List<String> given = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
        List<CompletableFuture<String>> published =
                given.stream().map(each -> publish(each, Map.of())).toList();
        published.forEach(CompletableFuture::join);
        List<String> arrived = emulator.pull(subscription, given.size()).stream()
                .map(message -> message.getData().toStringUtf8())
                .toList();
        assertEquals(given, arrived);
    }

    @Test
    void an_unknown_topic_is_not_found_and_not_worth_another_try() {
        PublishFailed failed = failure(publish("lost", Map.of()));
        assertEquals("NOT_FOUND", failed.code());
        assertFalse(failed.isRetryable());
    }

    @Test
    void what_waits_behind_a_failure_fails_too_and_may_be_tried_again() throws Exception {
        List<CompletableFuture<String>> published = IntStream.range(0, 3)
                .mapToObj(each -> publish(Integer.toString(each), Map.of()))
                .toList();
        assertEquals("NOT_FOUND", failure(published.get(0)).code());
        emulator.create(topic, subscription);
        publish("after", Map.of()).join();
        assertEquals("after", pullOne().getData().toStringUtf8());
    }

    @Test
    void a_server_that_is_gone_is_a_failure_and_one_that_is_back_is_told_of_the_same_key() throws Exception {
        emulator.create(topic, subscription);
        publish("before", Map.of()).join();
        emulator.kill();
        PublishFailed failed = failure(publish("meanwhile", Map.of()));
        assertTrue(failed.isRetryable(), failed::toString);
        assertTrue(List.of("UNAVAILABLE", "DEADLINE_EXCEEDED").contains(failed.code()), failed::toString);
        emulator.restart();
        emulator.create(topic, subscription);
        publishUntilTaken("after");
        assertEquals("after", pullOne().getData().toStringUtf8());
    }

    @Test
    void a_short_name_needs_a_project() {
        PublishFailed failed = failure(new PubSubTopics(settings(Optional.empty()))
                .publish(name, KEY, "whose?", Map.of())
                .toCompletableFuture());
        assertEquals("INVALID_ARGUMENT", failed.code());
        assertTrue(failed.detail().contains("phase-ledger.pubsub.project"), failed::detail);
    }

    private CompletableFuture<String> publish(String data, Map<String, String> attributes) {
        return topics.publish(topic, KEY, data, attributes).toCompletableFuture();
    }

    /** As who follows the ledger does: the connection is made again a moment after the server is back. */
    private void publishUntilTaken(String data) {
        while (publish(data, Map.of()).handle((id, failure) -> failure != null).join()) {
            Thread.onSpinWait();
        }
    }

    private PubsubMessage pullOne() throws IOException {
        List<PubsubMessage> pulled = emulator.pull(subscription, 1);
        assertEquals(1, pulled.size(), pulled::toString);
        return pulled.get(0);
    }

    private static PublishFailed failure(CompletableFuture<String> published) {
        Throwable cause =
                assertThrows(CompletionException.class, published::join).getCause();
        return assertInstanceOf(PublishFailed.class, cause);
    }

    private PubSubConfig settings(Optional<String> project) {
        return new PubSubConfig() {
            @Override
            public Map<String, String> phaseTopics() {
                return Map.of();
            }

            @Override
            public Map<String, String> policyTopics() {
                return Map.of();
            }

            @Override
            public Optional<String> project() {
                return project;
            }

            @Override
            public Duration timeout() {
                return TIMEOUT;
            }

            @Override
            public Optional<String> emulatorHost() {
                return Optional.of(emulator.address());
            }
        };
    }
}
