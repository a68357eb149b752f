package io.phaseledger.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.pubsub.Outgoing.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderedPublisherTest {

    private static final Lane ONE = new Lane(new TopicPath("projects/p/topics/t"), "one");
    private static final Lane OTHER = new Lane(new TopicPath("projects/p/topics/t"), "other");

    private final OrderedPublisher lanes = new OrderedPublisher();
    private final List<CompletableFuture<String>> underWay = new ArrayList<>();

    @Test
    void one_of_a_lane_is_under_way_at_a_time() {
        CompletableFuture<String> first = take(ONE);
        CompletableFuture<String> second = take(ONE);
        assertFalse(take(OTHER).isDone());
        assertEquals(2, underWay.size());
        underWay.get(0).complete("first");
        assertEquals("first", first.join());
        assertEquals(3, underWay.size());
        underWay.get(2).complete("second");
        assertEquals("second", second.join());
    }

    @Test
    void those_behind_a_failure_are_not_sent_and_the_lane_is_free() {
        CompletableFuture<String> first = take(ONE);
        CompletableFuture<String> second = take(ONE);
        underWay.get(0).completeExceptionally(new PublishFailed("INVALID_ARGUMENT", "Too large.", false));
        assertEquals("INVALID_ARGUMENT", failure(first).code());
        assertEquals("ABORTED", failure(second).code());
        assertTrue(failure(second).isRetryable());
        assertEquals(1, underWay.size());
        CompletableFuture<String> third = take(ONE);
        underWay.get(1).complete("third");
        assertEquals("third", third.join());
    }

    @Test
    void what_throws_frees_the_lane() {
        CompletableFuture<String> broken = lanes.take(ONE, () -> {
            throw new IllegalStateException("closed");
        });
        assertThrows(CompletionException.class, broken::join);
        assertFalse(take(ONE).isDone());
        assertEquals(1, underWay.size());
    }

    @Test
    void no_more_wait_than_may() {
        assertFalse(take(ONE).isDone());
        List<CompletableFuture<String>> waiting = IntStream.range(0, OrderedPublisher.MOST_WAITING)
                .mapToObj(each -> take(ONE))
                .toList();
        assertEquals("RESOURCE_EXHAUSTED", failure(take(ONE)).code());
        underWay.get(0).completeExceptionally(new PublishFailed("UNAVAILABLE", "Gone.", true));
        waiting.forEach(each -> assertEquals("ABORTED", failure(each).code()));
    }

    private CompletableFuture<String> take(Lane lane) {
        return lanes.take(lane, () -> {
            CompletableFuture<String> sent = new CompletableFuture<>();
            underWay.add(sent);
            return sent;
        });
    }

    private static PublishFailed failure(CompletableFuture<String> published) {
        Throwable cause =
                assertThrows(CompletionException.class, published::join).getCause();
        return assertInstanceOf(PublishFailed.class, cause);
    }
}
