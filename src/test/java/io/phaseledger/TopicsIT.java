package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.pubsub.v1.PubsubMessage;
import io.phaseledger.pubsub.PubSubEmulator;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged jar tells topics that configuration names, on Google's own in-memory server. */
@Tag("proof")
class TopicsIT {

    private static final String TOPIC = "projects/pipeline/topics/nba-phase4-precompute-complete";
    private static final String READERS = "projects/pipeline/subscriptions/phase5";

    private static void complete(PackagedService service, String processor, int run) {
        RestAssured.given()
                .contentType("application/json")
                .body("""
                        {"phase": "phase4", "game_date": "2031-02-02", "processor_name": "%s", "status": "success",
                         "record_count": 123, "execution_id": "run-%d", "correlation_id": "nightly",
                         "started_at": "2026-02-03T06:55:00Z", "completed_at": "2026-02-03T07:00:00Z",
                         "entities_changed": ["203507"], "metadata": {"output_table": "%s", "attempt": 1}}""".formatted(processor, run, processor))
                .post(service.url() + "/v1/completions")
                .then()
                .statusCode(201);
    }

    @Test
    void completions_and_readiness_come_as_the_messages_of_the_pipeline_and_outlive_the_server() throws Exception {
        try (PubSubEmulator emulator = PubSubEmulator.startOrSkip()) {
            emulator.create(TOPIC, READERS);
            try (PackagedService service = PackagedService.start(Map.of(
                    "PUBSUB_EMULATOR_HOST", emulator.address(),
                    "GOOGLE_CLOUD_PROJECT", "pipeline",
                    "PHASE_LEDGER_PUBSUB_PHASE_TOPICS_PHASE4", "nba-phase4-precompute-complete",
                    "PHASE_LEDGER_PUBSUB_POLICY_TOPICS_PHASE4", TOPIC,
                    "PHASE_LEDGER_SUBSCRIPTIONS_FIRST_BACKOFF", "200ms",
                    "PHASE_LEDGER_SUBSCRIPTIONS_LONGEST_BACKOFF", "1s"))) {
                service.waitUntilReady();
                complete(service, "player_daily_cache", 1);
                complete(service, "player_composite_factors", 2);
                List<PubsubMessage> told = emulator.pull(READERS, 3);
                assertEquals(3, told.size());
                assertIsOfThePipeline(told.stream()
                        .filter(each -> each.getData().toStringUtf8().contains("run-1"))
                        .findFirst()
                        .orElseThrow());
                assertStartsTheNextPhase(told.stream()
                        .filter(each ->
                                "readiness.ready".equals(each.getAttributesMap().get("event")))
                        .findFirst()
                        .orElseThrow());

                emulator.kill();
                complete(service, "player_daily_cache", 3);
                emulator.restartWith(TOPIC, READERS);
                complete(service, "player_daily_cache", 4);
                List<PubsubMessage> after = emulator.pull(READERS, 2);
                assertEquals(
                        List.of("run-3", "run-4"),
                        after.stream()
                                .map(each -> new JsonPath(each.getData().toStringUtf8()).getString("execution_id"))
                                .toList());
            }
        }
    }

    private static void assertIsOfThePipeline(PubsubMessage message) {
        JsonPath said = new JsonPath(message.getData().toStringUtf8());
        assertEquals("phase4/2031-02-02", message.getOrderingKey());
        assertEquals("player_daily_cache", said.getString("processor_name"));
        assertEquals("phase4", said.getString("phase"));
        assertEquals("nightly", said.getString("correlation_id"));
        assertEquals("2031-02-02", said.getString("game_date"));
        assertEquals("player_daily_cache", said.getString("output_table"));
        assertEquals("success", said.getString("status"));
        assertEquals(123, said.getInt("record_count"));
        assertEquals("2026-02-03T07:00:00Z", said.getString("timestamp"));
        assertEquals(300.0, said.getDouble("duration_seconds"));
        assertEquals(List.of("203507"), said.getList("metadata.entities_changed"));
        assertEquals(1, said.getInt("metadata.attempt"));
    }

    private static void assertStartsTheNextPhase(PubsubMessage message) {
        JsonPath said = new JsonPath(message.getData().toStringUtf8());
        assertEquals("readiness.ready:phase4:2031-02-02", message.getAttributesOrThrow("id"));
        assertTrue(message.getAttributesOrThrow("ledger_hash").matches("[0-9a-f]{64}"));
        assertEquals("phase4", said.getString("phase"));
        assertEquals("2031-02-02", said.getString("game_date"));
        assertEquals("success", said.getString("status"));
        assertEquals("ready", said.getString("metadata.verdict.to"));
    }
}
