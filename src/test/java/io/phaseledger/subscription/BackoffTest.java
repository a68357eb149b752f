package io.phaseledger.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long to wait after a call that failed, by the settings as they come. */
class BackoffTest {

    private static final SubscriptionConfig CONFIG = new SmallRyeConfigBuilder()
            .withMapping(SubscriptionConfig.class)
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .build()
            .getConfigMapping(SubscriptionConfig.class);

    private final Backoff backoff = new Backoff(CONFIG);

    private static Attempt failed(@Nullable Duration retryAfter) {
        return new Attempt(Attempt.Outcome.FAILED, 503, null, "it answered 503", retryAfter);
    }

    private void assertBetween(String least, String most, int attempts) {
        for (int i = 0; i < 100; i++) {
            Duration wait = backoff.after(attempts, failed(null));
            assertTrue(
                    wait.compareTo(Duration.parse(least)) >= 0 && wait.compareTo(Duration.parse(most)) <= 0,
                    wait::toString);
        }
    }

    @Test
    void twice_as_long_each_time_give_or_take_half_and_an_hour_at_most() {
        assertBetween("PT2.5S", "PT7.5S", 1);
        assertBetween("PT5S", "PT15S", 2);
        assertBetween("PT40S", "PT2M", 5);
        assertBetween("PT30M", "PT1H", 20);
        assertBetween("PT30M", "PT1H", 1000);
    }

    @Test
    void not_sooner_than_the_receiver_asks_for() {
        assertEquals(Duration.ofHours(2), backoff.after(1, failed(Duration.ofHours(2))));
        assertTrue(backoff.after(20, failed(Duration.ofSeconds(1))).compareTo(Duration.ofMinutes(30)) >= 0);
        assertEquals(Duration.ofDays(3), backoff.after(1, failed(Duration.ofDays(30))));
    }
}
