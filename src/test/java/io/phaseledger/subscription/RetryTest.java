package io.phaseledger.subscription;

import static io.phaseledger.Receiver.drip;
import static io.phaseledger.Receiver.drop;
import static io.phaseledger.Receiver.hang;
import static io.phaseledger.Receiver.status;
import static io.phaseledger.subscription.Subscribed.BOUND;
import static io.phaseledger.subscription.Subscribed.assertChained;
import static io.phaseledger.subscription.Subscribed.change;
import static io.phaseledger.subscription.Subscribed.deliveries;
import static io.phaseledger.subscription.Subscribed.show;
import static io.phaseledger.subscription.Subscribed.taken;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.Receiver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Receivers that fail, in all the usual ways. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class RetryTest {

    private static final String COMPLETIONS = ", \"events\": [\"completion\"]";

    private final Subscribed subscribed = new Subscribed();

    private List<Long> complete(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> subscribed.complete("2031-08-01", "").getLong("position"))
                .toList();
    }

    @Tag("proof")
    @Test
    void whatever_it_does_it_is_told_all_in_order() {
        try (Receiver receiver = Receiver.start()
                .then(
                        status(500, Map.of(), "not today".repeat(100)),
                        drop(),
                        hang(),
                        drip(),
                        status(302, Map.of("Location", "/elsewhere"), ""),
                        status(429, Map.of("Retry-After", "1"), ""),
                        status(204),
                        status(503))) {
            JsonPath subscription = subscribed.to(receiver.url(), COMPLETIONS);
            List<Long> recorded = complete(3);
            List<Receiver.Call> taken = taken(receiver, 3);
            assertEquals(recorded, taken.stream().map(Receiver.Call::sequence).toList());
            assertChained(taken);
            List<Receiver.Call> all = receiver.calls();
            assertEquals(7 + 2 + 1, all.size());
            assertEquals(
                    1, all.stream().limit(7).map(Receiver.Call::id).distinct().count());
            assertEquals(
                    1, all.stream().limit(7).map(Receiver.Call::body).distinct().count());
            await().atMost(BOUND).until(() -> show(subscription).getInt("pending") == 0);
            assertEquals(List.of("1", "2", "7"), deliveries(subscription, "attempts"));
        }
    }

    @Test
    void why_it_failed_is_seen_with_the_beginning_of_what_it_said() {
        try (Receiver receiver =
                Receiver.start().then(status(500, Map.of(), "é".repeat(1000))).always(hang())) {
            JsonPath subscription = subscribed.to(receiver.url(), COMPLETIONS);
            complete(2);
            await().atMost(BOUND).until(() -> show(subscription).getInt("attempts") >= 1);
            assertEquals(2, show(subscription).getInt("pending"));
            String response = deliveries(subscription, "response").get(1);
            assertTrue(response == null || response.equals("é".repeat(250)), response);
            await().atMost(BOUND).until(() -> show(subscription).getInt("attempts") >= 2);
            assertEquals("no whole answer within PT1S", show(subscription).getString("error"));
        }
    }

    @Test
    void nobody_waits_for_one_that_is_slow() {
        try (Receiver slow = Receiver.start().always(hang());
                Receiver quick = Receiver.start()) {
            JsonPath stuck = subscribed.to(slow.url(), COMPLETIONS);
            subscribed.to(quick.url(), COMPLETIONS);
            complete(20);
            taken(quick, 20);
            assertTrue(show(stuck).getInt("pending") > 0);
        }
    }

    @Test
    void one_that_says_gone_is_called_no_more_until_it_is_enabled_again() {
        try (Receiver receiver = Receiver.start().then(status(410))) {
            JsonPath subscription = subscribed.to(receiver.url(), COMPLETIONS);
            List<Long> recorded = complete(3);
            await().atMost(BOUND).until(() -> !show(subscription).getBoolean("enabled"));
            assertEquals("gone", show(subscription).getString("disabled_reason"));
            assertEquals(1, receiver.calls().size());
            assertEquals(List.of("pending", "pending", "dead"), deliveries(subscription, "status"));
            assertTrue(change(subscription, "{\"enabled\": true}").getBoolean("enabled"));
            assertEquals(
                    recorded,
                    taken(receiver, 3).stream().map(Receiver.Call::sequence).toList());
        }
    }

    @Tag("proof")
    @Test
    void a_call_that_keeps_failing_is_given_up_and_can_be_gone_on_after() {
        try (Receiver receiver = Receiver.start().always(status(500))) {
            JsonPath subscription = subscribed.to(receiver.url(), COMPLETIONS);
            List<Long> recorded = complete(3);
            await().atMost(BOUND).until(() -> !show(subscription).getBoolean("enabled"));
            assertEquals("dead", show(subscription).getString("disabled_reason"));
            assertEquals(List.of("pending", "pending", "dead"), deliveries(subscription, "status"));
            assertEquals(
                    1,
                    receiver.calls().stream().map(Receiver.Call::id).distinct().count());
            receiver.always(status(204));
            change(subscription, "{\"enabled\": true, \"resume\": \"after\"}");
            assertEquals(
                    recorded.subList(1, 3),
                    taken(receiver, 2).stream().map(Receiver.Call::sequence).toList());
        }
    }

    @Test
    void what_happens_while_it_is_disabled_is_owed_or_skipped_by_request() {
        try (Receiver receiver = Receiver.start()) {
            JsonPath subscription = subscribed.to(receiver.url(), COMPLETIONS + ", \"enabled\": false");
            List<Long> recorded = complete(2);
            await().atMost(BOUND).until(() -> show(subscription).getInt("pending") == 2);
            assertEquals("by_request", show(subscription).getString("disabled_reason"));
            change(subscription, "{\"enabled\": true}");
            assertEquals(
                    recorded,
                    taken(receiver, 2).stream().map(Receiver.Call::sequence).toList());
            change(subscription, "{\"enabled\": false}");
            complete(2);
            await().atMost(BOUND).until(() -> show(subscription).getInt("pending") == 2);
            change(subscription, "{\"enabled\": true, \"resume\": \"now\"}");
            List<Long> later = complete(1);
            assertEquals(later.get(0), taken(receiver, 3).get(2).sequence());
            assertFalse(deliveries(subscription, "status").contains("pending"));
        }
    }
}
