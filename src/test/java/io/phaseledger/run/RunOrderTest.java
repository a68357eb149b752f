package io.phaseledger.run;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The law of {@link RunLawsTest} once more, of the service with its database. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class RunOrderTest {

    @Inject
    RunTable table;

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
