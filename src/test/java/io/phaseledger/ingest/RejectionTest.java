package io.phaseledger.ingest;

import static io.phaseledger.ingest.Messages.pushAs;
import static io.phaseledger.ingest.Messages.rejected;
import static io.phaseledger.ingest.Messages.retry;
import static io.restassured.RestAssured.get;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class RejectionTest {

    private static final Duration MOMENT = Duration.ofSeconds(60);

    private final Messages messages = Messages.ofNewProcessor();

    @Inject
    DataSource database;

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String here(String field) {
        return "items.find { it.message_id == '" + messages.id() + "' }" + field;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"phase":"phase4"                                                                             | malformed_json | /phase
            []                                                                                            | wrong_type     | ``
            {"phase":"phase4","game_date":"TODAY","processor_name":"p","status":"success"}                | relative_date  | /game_date
            {"phase":"phase4","data_date":"2026-02-30","processor_name":"p","status":"success"}           | invalid_date   | /data_date
            {"phase":"phase4","game_date":"2026-02-02","processor_name":"p","status":"sucess"}            | unknown_value  | /status
            {"phase":"phase4","processor_name":"p","status":"success"}                                    | required       | /game_date
            {"phase":"phase4","game_date":"2026-02-02","processor_name":"p","status":"success","timestamp":"noon"} | invalid_instant | /timestamp
            {"phase":"phase4","game_date":"2026-02-02","processor_name":"p","status":"success","metadata":{"is_incremental":"yes"}} | wrong_type | /metadata/is_incremental
            {"phase":"phase4","game_date":"2026-02-02","processor_name":"p","status":"success","note":"a\\u0000"} | invalid_character | /metadata/note
            """)
    void what_cannot_be_recorded_is_kept_once_with_its_reason(String message, String code, String pointer) {
        String first = messages.push(message)
                .statusCode(200)
                .body("outcome", equalTo("rejected"))
                .body("code", equalTo(code))
                .body("detail", notNullValue())
                .extract()
                .path("rejection_id");
        messages.push(message).statusCode(200).body("rejection_id", equalTo(first));
        rejected("source=pubsub")
                .body(here(".id"), equalTo(first))
                .body(here(".source"), equalTo("pubsub"))
                .body(here(".subscription"), equalTo("projects/p/subscriptions/s"))
                .body(here(".code"), equalTo(code))
                .body(here(".errors.pointer"), contains(pointer))
                .body(here(".body"), containsString(base64(message)))
                .body(here(".received_by"), equalTo("anonymous"))
                .body(here(".retried_at"), nullValue())
                .body(here(".completion_id"), nullValue())
                .body("items.findAll { it.message_id == '" + messages.id() + "' }", hasSize(1));
    }

    @Test
    void data_that_is_no_base64_is_kept() {
        pushAs(messages.id(), "{}").statusCode(200).body("code", equalTo("invalid_base64"));
        rejected("source=pubsub").body(here(".code"), equalTo("invalid_base64"));
    }

    @Test
    void a_conflict_is_kept_and_its_redelivery_harmless() {
        messages.push(messages.message("2026-02-02", "success", ",\"execution_id\":\"1\",\"record_count\":7"));
        Messages second = new Messages(messages.processor(), messages.id() + "-2");
        String contradiction = messages.message("2026-02-02", "success", ",\"execution_id\":\"1\",\"record_count\":8");
        String kept = second.push(contradiction)
                .body("code", equalTo("conflict"))
                .extract()
                .path("rejection_id");
        second.push(contradiction)
                .statusCode(200)
                .body("outcome", equalTo("rejected"))
                .body("rejection_id", equalTo(kept));
        messages.rows().body("items.record_count", contains(7));
        retry(kept)
                .body("code", equalTo("conflict"))
                .body("retry_outcome", equalTo("conflict"))
                .body("retry_detail", containsString("other facts"))
                .body("retried_at", notNullValue())
                .body("retried_by", equalTo("anonymous"))
                .body("completion_id", nullValue());
    }

    @Test
    void what_the_clock_refuses_is_recorded_by_a_retry_once_its_time_has_come() {
        Instant early = Instant.now().plusSeconds(303);
        String kept = messages.push(messages.message("2026-02-02", "success", ",\"timestamp\":\"" + early + "\""))
                .body("outcome", equalTo("rejected"))
                .body("code", equalTo("completed_at_in_future"))
                .extract()
                .path("rejection_id");
        rejected("").body(here(".errors.pointer"), contains("/timestamp"));
        await().atMost(MOMENT).until(() -> retry(kept).extract().path("completion_id") != null);
        String row = messages.rows().body("items", hasSize(1)).extract().path("items[0].id");
        retry(kept).body("retry_outcome", equalTo("recorded")).body("completion_id", equalTo(row));
        rejected("").body("items.id", not(hasItem(kept)));
        rejected("resolved=true").body("items.id", hasItem(kept));
    }

    @Test
    void what_the_service_learned_to_read_is_recorded_by_a_retry() throws SQLException {
        String message = messages.message("2026-02-02", "sucess", "");
        String kept = messages.push(message)
                .body("outcome", equalTo("rejected"))
                .extract()
                .path("rejection_id");
        replaceInBody(kept, base64(message), base64(message.replace("sucess", "success")));
        String row =
                retry(kept).body("retry_outcome", equalTo("recorded")).extract().path("completion_id");
        messages.rows().body("items.id", contains(row));
        retry(kept).body("completion_id", equalTo(row));
        messages.push(message.replace("sucess", "success"))
                .body("outcome", equalTo("already_recorded"))
                .body("completion_id", equalTo(row));
    }

    /** In place of a new version of the service. */
    private void replaceInBody(String id, String from, String to) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE nba_orchestration.ingest_rejections SET body = replace(body, ?, ?) WHERE id = ?")) {
            update.setString(1, from);
            update.setString(2, to);
            update.setObject(3, UUID.fromString(id));
            assertEquals(1, update.executeUpdate());
        }
    }

    @Test
    void pages_follow_one_another_newest_first() {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            kept.add(0, pushAs(messages.id() + "-" + i, "{}").extract().path("rejection_id"));
        }
        List<String> found = new ArrayList<>();
        String path = Messages.REJECTED + "?source=pubsub&limit=2";
        for (String cursor = ""; cursor != null && !found.containsAll(kept); ) {
            var page = get(path + cursor).then().statusCode(200).extract();
            assertTrue(page.<List<String>>path("items.id").size() <= 2);
            found.addAll(page.path("items.id"));
            String next = page.path("next_cursor");
            assertEquals(next != null, page.header("Link") != null);
            cursor = next == null ? null : "&cursor=" + next;
        }
        assertEquals(kept, found.stream().filter(kept::contains).toList());
    }

    @Test
    void a_cursor_belongs_to_its_filters() {
        pushAs(messages.id(), "{}");
        pushAs(messages.id() + "-2", "{}");
        String cursor = get(Messages.REJECTED + "?limit=1").path("next_cursor");
        get(Messages.REJECTED + "?resolved=true&cursor=" + cursor)
                .then()
                .statusCode(400)
                .body("code", equalTo("cursor_mismatch"));
    }

    @Test
    void what_comes_in_is_counted() {
        pushAs(messages.id(), "{}");
        String metrics = get("/q/metrics").asString();
        assertTrue(metrics.contains("phase_ledger_ingest_total{outcome=\"rejected\",source=\"pubsub\"}"), metrics);
        assertTrue(
                metrics.contains("phase_ledger_ingest_rejections_total{code=\"invalid_base64\",source=\"pubsub\"}"),
                metrics);
    }
}
