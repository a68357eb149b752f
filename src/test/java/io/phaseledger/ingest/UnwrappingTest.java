package io.phaseledger.ingest;

import static io.phaseledger.ingest.Messages.CLOUDEVENTS;
import static io.phaseledger.ingest.Messages.OPENLINEAGE;
import static io.phaseledger.ingest.Messages.PUBSUB;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One fact is one row, in whatever it is wrapped and by whichever door it comes. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class UnwrappingTest {

    private static final String JSON = "application/json";

    private final Messages messages = Messages.ofNewProcessor();

    /** With a note whose base64 has letters of either alphabet. */
    private final String fact = messages.message("2026-02-02", "success", ",\"note\":\"???>>>~~~\"");

    private final List<String> outcomes = new ArrayList<>();

    private void send(String path, String type, Map<String, String> headers, String body) {
        ValidatableResponse answer = given().headers(headers)
                .contentType(type)
                .body(body.getBytes(UTF_8))
                .post(path)
                .then()
                .statusCode(200);
        outcomes.add(answer.extract().path(path.equals(CLOUDEVENTS) ? "results[0].outcome" : "outcome"));
    }

    private void assertOneRow() {
        assertEquals("recorded", outcomes.get(0));
        assertEquals(
                List.of("already_recorded"),
                outcomes.stream().skip(1).distinct().toList(),
                outcomes::toString);
        messages.rows().body("items", hasSize(1));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private String envelope(String data, String attributes) {
        return """
                {"message":{"data":"%s","attributes":{%s},"messageId":"%s","publishTime":"2026-02-03T07:00:01.5Z"},
                 "subscription":"projects/p/subscriptions/s"}""".formatted(data, attributes, messages.id());
    }

    private Map<String, String> unwrapped() {
        return Map.of(
                "x-goog-pubsub-message-id", messages.id(),
                "x-goog-pubsub-publish-time", "2026-02-03T07:00:01.5Z",
                "x-goog-pubsub-subscription-name", "projects/p/subscriptions/s");
    }

    private String event(String type, String data) {
        return """
                {"specversion":"1.0","id":"1","source":"/%s","type":"%s","time":"2026-02-03T07:00:01.5Z","data":%s}""".formatted(messages.id(), type, data);
    }

    private Map<String, String> eventHeaders(String type) {
        return Map.of(
                "ce-specversion", "1.0",
                "ce-id", "1",
                "ce-source", "/" + messages.id(),
                "ce-type", type,
                "ce-time", "2026-02-03T07:00:01.5Z");
    }

    private static Map<String, String> both(Map<String, String> one, Map<String, String> other) {
        Map<String, String> all = new java.util.HashMap<>(one);
        all.putAll(other);
        return all;
    }

    @Test
    void a_message_of_a_topic() {
        String eventarc = "google.cloud.pubsub.topic.v1.messagePublished";
        String envelope = envelope(base64(fact), "");
        send(PUBSUB, JSON, Map.of(), envelope);
        String data = Base64.getUrlEncoder().withoutPadding().encodeToString(fact.getBytes(UTF_8));
        send(PUBSUB, JSON, Map.of(), envelope(data, "\"origin\":\"a\""));
        send(PUBSUB, JSON, unwrapped(), fact);
        send(PUBSUB, "application/octet-stream", unwrapped(), fact);
        send(PUBSUB, JSON, eventHeaders(eventarc), envelope);
        send(CLOUDEVENTS, JSON, eventHeaders(eventarc), envelope);
        send(CLOUDEVENTS, CloudEventResource.ONE, Map.of(), event(eventarc, envelope));
        assertOneRow();
        messages.rows().body("items.completed_at", contains("2026-02-03T07:00:01.500Z"));
    }

    @Test
    void a_cloudevent() {
        String event = event("completed", fact);
        send(CLOUDEVENTS, CloudEventResource.ONE, Map.of(), event);
        send(PUBSUB, JSON, Map.of(), envelope(base64(event), ""));
        send(PUBSUB, JSON, unwrapped(), event);
        String attributes = """
                "ce-specversion":"1.0","ce-id":"1","ce-source":"/%s","ce-type":"a","Content-Type":"application/json\"""";
        send(PUBSUB, JSON, Map.of(), envelope(base64(fact), attributes.formatted(messages.id())));
        send(PUBSUB, JSON, both(unwrapped(), eventHeaders("completed")), fact);
        assertOneRow();
    }

    @Test
    void an_event_without_a_time_was_sent_when_its_message_was_published() {
        String event = event("completed", fact).replace("\"time\":\"2026-02-03T07:00:01.5Z\",", "");
        send(PUBSUB, JSON, Map.of(), envelope(base64(event), ""));
        messages.rows().body("items.completed_at", contains("2026-02-03T07:00:01.500Z"));
    }

    @Test
    void an_event_of_openlineage() {
        String lineage = """
                {"eventType":"COMPLETE","eventTime":"2026-02-03T07:00:00Z","producer":"p",
                 "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
                 "run":{"runId":"%s","facets":{"nominalTime":{"nominalStartTime":"2026-02-02T00:00:00Z"}}},
                 "job":{"namespace":"phase4","name":"%s"}}""".formatted(messages.id(), messages.processor());
        send("/api/v1/lineage", JSON, Map.of(), lineage);
        send(OPENLINEAGE, JSON, Map.of(), lineage);
        send(PUBSUB, JSON, Map.of(), envelope(base64(lineage), ""));
        send(PUBSUB, JSON, unwrapped(), lineage);
        send(CLOUDEVENTS, JSON, eventHeaders("lineage"), lineage);
        send(PUBSUB, JSON, Map.of(), envelope(base64(event("lineage", lineage)), ""));
        assertOneRow();
    }

    @Test
    void an_event_of_a_job_by_itself_is_ignored_behind_each_door() {
        String job = """
                {"eventTime":"2026-02-03T07:00:00Z","job":{"namespace":"a","name":"b"},
                 "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/JobEvent"}""";
        send("/api/v1/lineage", JSON, Map.of(), job);
        send(PUBSUB, JSON, unwrapped(), job);
        send(CLOUDEVENTS, JSON, eventHeaders("lineage"), job);
        assertEquals(List.of("ignored", "ignored", "ignored"), outcomes);
    }

    @Test
    void what_is_wrapped_without_end_is_kept() {
        String data = fact;
        for (int i = 0; i < 9; i++) {
            data = envelope(base64(data), "");
        }
        send(PUBSUB, JSON, Map.of(), data);
        assertEquals(List.of("rejected"), outcomes);
        Messages.rejected("source=pubsub")
                .body("items.find { it.message_id == '" + messages.id() + "' }.code", equalTo("json_limit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"success!", ""})
    void unwrapped_data_that_is_no_json_is_kept_and_read_again_by_a_retry(String data) {
        String kept = given().headers(unwrapped())
                .contentType("text/plain")
                .body(data.getBytes(UTF_8))
                .post(PUBSUB)
                .then()
                .statusCode(200)
                .body("outcome", equalTo("rejected"))
                .body("message_id", equalTo(messages.id()))
                .extract()
                .path("rejection_id");
        Messages.retry(kept)
                .body("retry_outcome", equalTo(data.isEmpty() ? "body_missing" : "malformed_json"))
                .body("subscription", equalTo("projects/p/subscriptions/s"));
    }

    @Test
    void without_its_id_it_is_told_which_option_says_it() {
        Messages.post(PUBSUB, JSON, fact)
                .statusCode(422)
                .body("errors.pointer", contains("/message"))
                .body("detail", containsString("--push-no-wrapper-write-metadata"));
        Messages.post(PUBSUB, "text/plain", fact).statusCode(415).header("Accept", JSON);
    }

    @ParameterizedTest
    @CsvSource({CLOUDEVENTS + ",eventgrid.azure.net", OPENLINEAGE + ",", PUBSUB + ","})
    void a_sender_of_cloudevents_that_asks_before_is_told_that_it_may(String path, String allowed) {
        given().header("WebHook-Request-Origin", "eventgrid.azure.net")
                .header("WebHook-Request-Rate", "120")
                .options(path)
                .then()
                .statusCode(200)
                .header("Allow", "OPTIONS, POST")
                .header("WebHook-Allowed-Origin", allowed == null ? nullValue() : equalTo(allowed))
                .header("WebHook-Allowed-Rate", allowed == null ? nullValue() : equalTo("*"));
    }
}
