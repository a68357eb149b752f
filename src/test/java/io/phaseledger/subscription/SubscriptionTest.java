package io.phaseledger.subscription;

import static io.phaseledger.subscription.Subscribed.BOUND;
import static io.phaseledger.subscription.Subscribed.assertChained;
import static io.phaseledger.subscription.Subscribed.deliveries;
import static io.phaseledger.subscription.Subscribed.retract;
import static io.phaseledger.subscription.Subscribed.show;
import static io.phaseledger.subscription.Subscribed.taken;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.LedgerHash;
import io.phaseledger.Receiver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is told, to whom, and in which order. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class SubscriptionTest {

    private static final String READY = ", \"events\": [\"readiness.ready\"]";
    private static final String COMPLETIONS = ", \"events\": [\"completion\"]";

    private final Subscribed subscribed = new Subscribed();

    @Inject
    DataSource database;

    @Test
    void a_verdict_that_becomes_ready_is_told_as_a_cloud_event() {
        subscribed.policy("");
        try (Receiver receiver = Receiver.start()) {
            JsonPath subscription = subscribed.to(receiver.url(), READY);
            assertTrue(subscription.getString("secret").startsWith("whsec_"));
            JsonPath row = subscribed.complete("2031-08-01", "");
            Receiver.Call call = taken(receiver, 1).get(0);
            JsonPath event = call.event();
            String id = "readiness.ready:" + subscribed.policy + ":2031-08-01";
            assertEquals(
                    "application/cloudevents+json; charset=utf-8", call.type().toLowerCase(Locale.ROOT));
            assertEquals("1.0", event.getString("specversion"));
            assertEquals(id, event.getString("id"));
            assertEquals(id, call.id());
            assertEquals("urn:phase-ledger", event.getString("source"));
            assertEquals("io.phaseledger.readiness.ready", event.getString("type"));
            assertEquals(subscribed.policy + "/2031-08-01", event.getString("subject"));
            assertEquals("not_ready", event.getString("data.from"));
            assertEquals("ready", event.getString("data.to"));
            assertEquals(event.getLong("sequence"), event.getLong("data.position"));
            assertTrue(call.sequence() > row.getLong("position"));
            assertEquals(LedgerHash.at(database, call.sequence()), event.getString("ledgerhash"));
            assertEquals(
                    "ready",
                    given().get("/v1/readiness/" + subscribed.policy + "/2031-08-01?as_of="
                                    + event.getString("data.as_of") + "&position="
                                    + event.getLong("data.known_position"))
                            .jsonPath()
                            .getString("state"));
            await().atMost(BOUND).until(() -> show(subscription).getInt("pending") == 0);
            assertEquals(List.of("delivered"), deliveries(subscription, "status"));
            assertEquals(List.of("204"), deliveries(subscription, "code"));
        }
    }

    @Test
    void the_first_is_told_once_for_each_date_and_every_one_each_time() {
        subscribed.policy("");
        try (Receiver first = Receiver.start();
                Receiver every = Receiver.start()) {
            subscribed.to(first.url(), READY);
            subscribed.to(every.url(), ", \"events\": [\"readiness\"], \"deliver\": \"every\"");
            JsonPath row = subscribed.complete("2031-08-01", "");
            taken(every, 1);
            retract(row);
            taken(every, 2);
            subscribed.complete("2031-08-01", "");
            taken(every, 3);
            subscribed.complete("2031-08-02", "");
            assertEquals(
                    List.of("2031-08-01", "2031-08-02"),
                    taken(first, 2).stream()
                            .map(call -> call.event().getString("data.game_date"))
                            .toList());
            List<Receiver.Call> all = taken(every, 4);
            assertEquals(
                    List.of("ready", "not_ready", "ready", "ready"),
                    all.stream().map(call -> call.event().getString("data.to")).toList());
            assertEquals(4, all.stream().map(Receiver.Call::id).distinct().count());
            assertChained(all);
            assertChained(first.taken());
        }
    }

    @Test
    void a_phase_may_be_called_by_an_alias() {
        Subscribed other = new Subscribed();
        try (Receiver receiver = Receiver.start()) {
            subscribed.to(receiver.url(), COMPLETIONS);
            subscribed.complete("2031-08-01", "");
            given().contentType("application/json")
                    .body("{\"target\": \"" + other.phase + "\"}")
                    .put("/v1/aliases/phases/" + subscribed.phase)
                    .then()
                    .statusCode(201);
            new Subscribed().complete("2031-08-02", "");
            other.complete("2031-08-03", "");
            subscribed.complete("2031-08-04", "");
            assertEquals(
                    List.of("2031-08-01", "2031-08-03", "2031-08-04"),
                    taken(receiver, 3).stream()
                            .map(call -> call.event().getString("data.game_date"))
                            .toList());
        }
    }

    @Test
    void what_cannot_go_on_is_told_so() {
        JsonPath disabled = subscribed.to("https://phase-ledger.invalid/", COMPLETIONS + ", \"enabled\": false");
        for (String patch : List.of("{\"resume\":\"now\"}", "{\"enabled\":false,\"resume\":\"after\"}")) {
            given().contentType("application/json")
                    .body(patch)
                    .patch("/v1/subscriptions/" + disabled.getString("id"))
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("contradiction"))
                    .body("errors.pointer", contains("/resume"));
        }
    }

    @Test
    void it_begins_at_the_head_and_misses_nothing_after_it() {
        try (Receiver receiver = Receiver.start()) {
            subscribed.complete("2031-08-01", "");
            JsonPath subscription = subscribed.to(receiver.url(), COMPLETIONS);
            List<Long> recorded = IntStream.range(0, 100)
                    .mapToObj(i -> subscribed.complete("2031-08-02", "").getLong("position"))
                    .toList();
            List<Receiver.Call> calls = taken(receiver, recorded.size());
            assertEquals(recorded, calls.stream().map(Receiver.Call::sequence).toList());
            assertChained(calls);
            assertTrue(subscription.getLong("started_after") < recorded.get(0));
        }
    }

    @Test
    void what_fills_history_is_told_to_whom_it_is_news() {
        subscribed.policy("");
        try (Receiver most = Receiver.start();
                Receiver some = Receiver.start()) {
            subscribed.to(most.url(), ", \"events\": [\"completion\", \"readiness\"]");
            subscribed.to(some.url(), ", \"events\": [\"completion\", \"readiness\"], \"include\": [\"backfill\"]");
            subscribed.complete("2031-08-01", ", \"is_backfill\": true");
            List<Receiver.Call> told = taken(some, 2);
            assertTrue(told.get(1).event().getBoolean("data.is_backfill"));
            subscribed.complete("2031-08-02", "");
            assertEquals(
                    List.of("2031-08-02", "2031-08-02"),
                    taken(most, 2).stream()
                            .map(call -> call.event().getString("data.game_date"))
                            .toList());
            assertChained(taken(some, 4));
        }
    }

    @Tag("proof")
    @Test
    void a_verdict_that_has_settled_is_told_and_one_that_wavers_is_not() {
        subscribed.policy(", \"freshness\": {\"max_age\": \"PT2S\", \"applies\": \"always\"}");
        Subscribed lasting = new Subscribed();
        lasting.policy("");
        try (Receiver receiver = Receiver.start()) {
            subscribed.to(receiver.url(), READY + ", \"deliver\": \"settled\", \"settle\": \"PT4S\"");
            lasting.to(receiver.url(), READY + ", \"deliver\": \"settled\", \"settle\": \"PT1S\"");
            subscribed.complete("2031-08-01", "");
            lasting.complete("2031-08-01", "");
            assertEquals(lasting.policy, taken(receiver, 1).get(0).event().getString("data.policy"));
            Subscribed later = new Subscribed();
            later.policy("");
            later.to(receiver.url(), READY + ", \"deliver\": \"settled\", \"settle\": \"PT6S\"");
            later.complete("2031-08-01", "");
            assertEquals(later.policy, taken(receiver, 2).get(1).event().getString("data.policy"));
        }
    }

    @Test
    void one_that_was_taken_away_is_called_no_more() {
        try (Receiver receiver = Receiver.start()) {
            JsonPath gone = subscribed.to(receiver.url(), COMPLETIONS);
            given().delete("/v1/subscriptions/" + gone.getString("id")).then().statusCode(204);
            given().get("/v1/subscriptions/" + gone.getString("id")).then().statusCode(404);
            subscribed.complete("2031-08-01", "");
            subscribed.to(receiver.url(), COMPLETIONS);
            subscribed.complete("2031-08-02", "");
            assertEquals("2031-08-02", taken(receiver, 1).get(0).event().getString("data.game_date"));
        }
    }

    @Test
    void a_test_is_sent_at_once_and_has_no_part_in_the_sequence() {
        try (Receiver receiver = Receiver.start()) {
            JsonPath subscription = subscribed.to(receiver.url(), COMPLETIONS + ", \"enabled\": false");
            JsonPath tested = given().post("/v1/subscriptions/" + subscription.getString("id") + "/test")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertTrue(tested.getBoolean("delivered"));
            assertEquals(204, tested.getInt("code"));
            Receiver.Call call = taken(receiver, 1).get(0);
            assertEquals("io.phaseledger.test", call.event().getString("type"));
            assertEquals(tested.getString("event_id"), call.id());
            assertEquals(List.of(), deliveries(subscription, "status"));
            assertFalse(show(subscription).getBoolean("enabled"));
        }
    }

    @Test
    void what_was_told_is_told_again_with_the_same_id() {
        try (Receiver receiver = Receiver.start()) {
            JsonPath subscription = subscribed.to(receiver.url(), COMPLETIONS);
            subscribed.complete("2031-08-01", "");
            JsonPath second = subscribed.complete("2031-08-02", "");
            List<Receiver.Call> before = taken(receiver, 2);
            await().atMost(BOUND).until(() -> show(subscription).getInt("pending") == 0);
            given().contentType("application/json")
                    .body("{\"from_sequence\": " + second.getLong("position") + "}")
                    .post("/v1/subscriptions/" + subscription.getString("id") + "/replay")
                    .then()
                    .statusCode(200);
            List<Receiver.Call> after = taken(receiver, 3);
            assertEquals(before.get(1).body(), after.get(2).body());
        }
    }
}
