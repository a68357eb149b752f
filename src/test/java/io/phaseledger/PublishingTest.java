package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.phaseledger.pubsub.PubSubTopics;
import io.phaseledger.pubsub.PublishFailed;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** In the service as it comes, where no topic and no project is configured. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class PublishingTest {

    @Inject
    PubSubTopics topics;

    @Test
    void a_topic_that_is_none_is_refused_before_anything_is_sent() {
        CompletionStage<String> published = topics.publish("projects/p/subscriptions/s", "", "data", Map.of());
        Throwable cause = assertThrows(CompletionException.class, published.toCompletableFuture()::join)
                .getCause();
        assertEquals(
                "INVALID_ARGUMENT", assertInstanceOf(PublishFailed.class, cause).code());
    }
}
