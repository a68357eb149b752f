package io.phaseledger.ingest;

import static io.phaseledger.ingest.Messages.OPENLINEAGE;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Airflow, dbt and Python's client have sent, beside what Airflow and dbt said of each job and date. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class RecordedEventsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a row says that does not depend on when it was recorded; the phase differs by sender. */
    private static final List<String> STANDS =
            List.of("processor_name", "game_date", "status", "completed_at", "record_count", "execution_id");

    /** How the events of a set may come. */
    private enum Order {
        AS_SENT,
        REVERSED,
        TWICE,
        SHUFFLED;

        List<String> of(List<String> events) {
            List<String> ordered = new ArrayList<>(events);
            switch (this) {
                case AS_SENT -> {}
                case REVERSED -> Collections.reverse(ordered);
                case TWICE ->
                    ordered = events.stream()
                            .flatMap(each -> Stream.of(each, each))
                            .toList();
                case SHUFFLED -> Collections.shuffle(ordered, new Random(20260202));
            }
            return ordered;
        }
    }

    /** A job of a namespace, and a date of it. */
    private record Said(String namespace, String job, String date, List<String> states) {

        static Said of(JsonNode job) {
            List<String> states = new ArrayList<>();
            job.path("states").forEach(state -> states.add(state.asText()));
            return new Said(
                    job.path("namespace").asText(),
                    job.path("job").asText(),
                    job.path("date").asText(null),
                    List.copyOf(states));
        }

        /** All parts have ended well, and not by being skipped alone. */
        boolean isReady() {
            return states.contains("success")
                    && states.stream().allMatch(state -> state.equals("success") || state.equals("skipped"));
        }
    }

    /** A sender that no other test has: its namespaces are its own, and so are the phases. */
    private final String sender = UUID.randomUUID().toString().substring(0, 8);

    /** Puts those of the recorded sources that the test wants, for the namespaces of this sender. */
    private void put(Predicate<JsonNode> wanted) {
        for (JsonNode source : parsed(resource("sources.json"))) {
            if (wanted.test(source)) {
                put(((ObjectNode) source).remove("name").asText(), (ObjectNode) source);
            }
        }
    }

    private void put(String name, ObjectNode source) {
        source.put("namespace", sender + "-(" + source.path("namespace").asText() + ")");
        given().contentType("application/json")
                .body(source.toString().getBytes(UTF_8))
                .put("/v1/sources/" + name + "-" + sender)
                .then()
                .statusCode(201);
    }

    private static boolean isOfParts(JsonNode source) {
        return source.has("whole");
    }

    private static String resource(String name) {
        try (InputStream file = RecordedEventsTest.class.getResourceAsStream("/recorded/" + name)) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode stages(String set) {
        return parsed(resource(set + ".said.json"));
    }

    /** The events under the namespaces of this sender. */
    private List<String> events(String set) {
        return resource(set + ".jsonl")
                .lines()
                .map(line -> line.replaceAll(
                        "\"namespace\":\"(prod-[a-z]+|cron|scripts)\"", "\"namespace\":\"" + sender + "-$1\""))
                .toList();
    }

    private void send(List<String> events) {
        for (String event : events) {
            Messages.post(OPENLINEAGE, "application/json", event).statusCode(200);
        }
    }

    private static List<Said> last(String set) {
        JsonNode stages = stages(set);
        return said(stages.get(stages.size() - 1));
    }

    private static List<Said> said(JsonNode stage) {
        List<Said> all = new ArrayList<>();
        stage.path("jobs").forEach(job -> all.add(Said.of(job)));
        return all;
    }

    /** What does not hold: a date that is ready although its jobs have not ended well, or the other way round. */
    private List<String> disagreements(List<Said> said, boolean isOpenAllowed) {
        List<String> found = new ArrayList<>();
        Map<String, List<Said>> dates = new TreeMap<>();
        said.stream()
                .filter(each -> each.date() != null)
                .forEach(each -> dates.computeIfAbsent(each.date(), ignored -> new ArrayList<>())
                        .add(each));
        String policy =
                "recorded-" + sender + "-" + UUID.randomUUID().toString().substring(0, 8);
        given().contentType("application/json")
                .body("{\"time_zone\":\"Asia/Taipei\",\"requirements\":[%s]}"
                        .formatted(said.stream()
                                .map(each -> "{\"phase\":\"%s-%s\",\"processor_name\":\"%s\"}"
                                        .formatted(sender, each.namespace(), each.job()))
                                .distinct()
                                .collect(joining(","))))
                .put("/v1/policies/" + policy)
                .then()
                .statusCode(201);
        dates.forEach((date, jobs) -> {
            Map<String, Boolean> met = new HashMap<>();
            JsonNode verdict = read("/v1/readiness/" + policy + "/" + date);
            verdict.path("requirements")
                    .forEach(each -> met.put(processor(each), each.path("met").asBoolean()));
            // A success stays one when a later run fails, by the rule; that is then said.
            verdict.path("warnings").forEach(each -> {
                if (each.path("code").asText().equals("failed_since")) {
                    met.put(processor(each), false);
                }
            });
            for (Said job : jobs) {
                boolean isMet = Objects.requireNonNull(met.get(sender + "-" + job.namespace() + "/" + job.job()));
                if (isMet != job.isReady() && !(isOpenAllowed && job.isReady())) {
                    found.add(date + " " + job.job() + " " + job.states() + (isMet ? " is met" : " is not met"));
                }
            }
        });
        return found;
    }

    private static String processor(JsonNode said) {
        return said.path("phase").asText() + "/" + said.path("processor_name").asText();
    }

    private static JsonNode read(String path) {
        return parsed(get(path).then().statusCode(200).extract().asString());
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows that stand: what a caller can rely on, without what tells when they were recorded. */
    private Set<String> rows(List<Said> said) {
        Set<String> rows = new TreeSet<>();
        said.stream().map(Said::namespace).distinct().forEach(namespace -> {
            given().accept("application/x-ndjson")
                    .get("/v1/completions?phase=" + sender + "-" + namespace)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString()
                    .lines()
                    .map(RecordedEventsTest::parsed)
                    .filter(row -> row.path("retracted_by").isNull()
                            && !row.path("status").asText().equals("retracted"))
                    .forEach(row -> rows.add(STANDS.stream()
                            .map(field -> row.path(field).asText())
                            .collect(joining(" "))));
        });
        return rows;
    }

    @Test
    void each_stage_of_airflows_nights_reads_as_airflow_says() {
        put(source -> true);
        List<String> events = events("airflow");
        int sent = 0;
        for (JsonNode stage : stages("airflow")) {
            send(events.subList(sent, stage.path("events").asInt()));
            sent = stage.path("events").asInt();
            assertEquals(
                    List.of(),
                    disagreements(said(stage), false),
                    stage.path("stage").asText());
        }
        assertEquals(events.size(), sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dbt", "python"})
    void what_was_sent_reads_as_was_said(String set) {
        put(source -> true);
        send(events(set));
        assertEquals(List.of(), disagreements(last(set), false));
    }

    @Tag("proof")
    @ParameterizedTest
    @ValueSource(strings = {"airflow", "dbt", "python"})
    void what_was_sent_reads_the_same_in_each_order(String set) {
        List<Said> said = last(set);
        Set<String> asSent = Set.of();
        for (Order order : Order.values()) {
            RecordedEventsTest other = new RecordedEventsTest();
            other.put(source -> true);
            other.send(order.of(other.events(set)));
            assertEquals(List.of(), other.disagreements(said, false), order.name());
            if (order == Order.AS_SENT) {
                asSent = other.rows(said);
            } else {
                assertEquals(asSent, other.rows(said), order.name());
            }
        }
    }

    @Tag("proof")
    @Test
    void without_a_word_of_parts_nothing_is_ready_that_airflow_does_not_say() {
        put(source -> !isOfParts(source));
        send(events("airflow"));
        assertEquals(List.of(), disagreements(last("airflow"), true));
    }

    /** Two of the three nights have completed: one after a part of a task was cleared alone, one after all was. */
    @Tag("proof")
    @Test
    void a_night_whose_tasks_wait_for_their_dag_run_reads_as_airflow_says() {
        put(source -> !isOfParts(source));
        put("night", (ObjectNode) parsed("""
                {"door":"openlineage","namespace":"prod-airflow","job":"night\\\\..*","priority":10,
                 "time_zone":"Asia/Taipei","whole":{"when":"parent"}}"""));
        send(events("airflow"));
        List<Said> night = last("airflow").stream()
                .filter(each -> each.job().startsWith("night"))
                .toList();
        assertEquals(
                List.of(),
                disagreements(
                        night.stream()
                                .filter(each -> !"2026-02-03".equals(each.date()))
                                .toList(),
                        false));
        assertEquals(List.of(), disagreements(night, true));
    }
}
