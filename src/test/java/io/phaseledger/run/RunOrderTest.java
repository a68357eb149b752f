package io.phaseledger.run;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The law of {@link RunLawsTest} once more, of the service with its database. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class RunOrderTest {

    @Inject
    RunTable table;

    @Inject
    DataSource dataSource;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void events_in_any_order_and_sent_again_give_the_same_rows(long seed) {
        Random random = new Random(seed);
        List<RunEvent> events = new Night(random, false).events();
        List<String> rows = rows(send(events));
        List<RunEvent> shuffled = new ArrayList<>(events);
        events.forEach(each -> shuffled.addAll(Collections.nCopies(random.nextInt(3), each)));
        Collections.shuffle(shuffled, random);
        assertEquals(rows, rows(send(shuffled)), "seed " + seed);
    }

    @Test
    void events_that_were_deleted_and_come_again_add_no_rows() {
        List<RunEvent> events = new Night(new Random(7), false).events();
        String namespace = send(events);
        List<String> rows = rows(namespace);
        Instant bound = Instant.now().plus(Duration.ofDays(1));
        for (boolean isMore = true; isMore; ) {
            isMore = table.expire(bound);
        }
        assertTrue(events.stream()
                .map(each -> new RunKey(namespace, each.run().id()))
                .anyMatch(key -> table.states(Set.of(key)).isEmpty()));
        send(events, namespace);
        assertEquals(rows, rows(namespace));
    }

    @Test
    void a_run_that_is_being_held_while_a_policy_changes_is_looked_at_again() throws SQLException {
        String namespace = "n" + UUID.randomUUID();
        String event = """
                {"eventType":"COMPLETE","eventTime":"2026-02-03T07:00:00Z","job":{"namespace":"%1$s","name":"job"},
                 "run":{"runId":"%2$s"},"producer":"https://example.org","schemaURL":"https://example.org"}""".formatted(namespace, UUID.randomUUID());
        given().contentType("application/json").body(event).post("/v1/ingest/openlineage");
        assertEquals("game_date_missing", code(namespace));
        try (Connection pass = dataSource.getConnection();
                Statement statement = pass.createStatement()) {
            String change = "UPDATE nba_orchestration.run_events SET (outcome, code, detail) = (%s) WHERE namespace = '"
                    + namespace + "'";
            statement.execute(change.formatted("NULL, NULL, NULL"));
            pass.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + RunTable.LOCK + ")");
            statement.execute(change.formatted("'held', 'zone_unknown', 'a test'"));
            CompletableFuture<Void> again = CompletableFuture.runAsync(table::heldAgain);
            await().until(() -> again.isDone() || isWaitedFor());
            pass.commit();
            pass.setAutoCommit(true);
            again.join();
        }
        await().until(() -> code(namespace).equals("game_date_missing"));
    }

    private boolean isWaitedFor() throws SQLException {
        return text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = "
                        + RunTable.LOCK)
                .equals("1");
    }

    private String code(String namespace) throws SQLException {
        return text("SELECT code FROM nba_orchestration.run_events WHERE namespace = '" + namespace + "'");
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return Objects.requireNonNullElse(row.getString(1), "");
        }
    }

    private static String send(List<RunEvent> events) {
        String namespace = "n" + UUID.randomUUID();
        send(events, namespace);
        return namespace;
    }

    private static void send(List<RunEvent> events, String namespace) {
        events.forEach(each -> given().contentType("application/json")
                .body(Night.json(each, namespace))
                .post("/v1/ingest/openlineage")
                .then()
                .statusCode(200));
    }

    private static List<String> rows(String namespace) {
        return get("/v1/completions?kind=completion&limit=1000&phase=" + namespace)
                .jsonPath()
                .<Map<String, Object>>getList("items")
                .stream()
                .filter(row -> row.get("retracted_by") == null)
                .map(row -> row.get("processor_name") + " " + row.get("status") + " " + row.get("game_date") + " "
                        + row.get("record_count") + " " + row.get("completed_at"))
                .sorted()
                .toList();
    }
}
