package io.phaseledger;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * The questions that people ask of the history, on ledgers whose answers are known and where the plainest query errs.
 *
 * <p>Each test has phases of its own, {@code $2} to {@code $5}, and shows them so; a row is a line of date, phase,
 * processor, status, count, when it was completed, and whatever else it says.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class QueriesTest {

    private final String mine = "q" + UUID.randomUUID().toString().replace("-", "");

    @Inject
    DataSource database;

    private String full(String text) {
        return text.replace("$", mine);
    }

    /** Imports lines of {@link HistoryLine}. */
    private void recorded(String lines) {
        given().contentType("application/x-ndjson")
                .body(lines.lines()
                        .map(line -> HistoryLine.json(full(line)))
                        .collect(Collectors.joining("\n"))
                        .getBytes(StandardCharsets.UTF_8))
                .post("/v1/completions/import")
                .then()
                .statusCode(200)
                .body("rejected", hasSize(0));
    }

    private void retracted(String processor, String completedAt) {
        String id = given().get("/v1/completions?processor_name=" + processor + "&execution_id=run-" + completedAt)
                .path("items[0].id");
        Recorder.retract(UUID.fromString(id));
    }

    private static void slate(String date, int units, String knownAt) {
        given().contentType("application/json")
                .body("{\"units\":" + units + ",\"inserted_at\":\"" + knownAt + "\"}")
                .put("/v1/slates/" + date)
                .then()
                .statusCode(anyOf(is(200), is(201)));
    }

    /** The rows of an answer. */
    private List<String> answer(String file, String... variables) throws SQLException, IOException {
        Map<String, String> values = new HashMap<>();
        for (String each : variables) {
            values.put(each.split("=", 2)[0], full(each.split("=", 2)[1]));
        }
        try (Connection connection = database.getConnection()) {
            return QueryFile.named(file).rows(connection, values).stream()
                    .map(row -> row.replace(mine, "$"))
                    .toList();
        }
    }

    private static List<String> ofMine(List<String> rows) {
        return rows.stream().filter(row -> row.contains("$")).toList();
    }

    @Test
    void completionsOfADate() throws SQLException, IOException {
        recorded("""
                2026-02-02 $4 cache   failed  - 2026-02-03T02:00:00Z
                2026-02-02 $3 summary success 9 2026-02-03T06:00:00Z
                2026-02-02 $4 cache   success 7 2026-02-03T03:00:00Z
                2026-02-02 $3 summary success 8 2026-02-03T05:00:00Z
                2026-02-03 $4 cache   success 5 2026-02-03T03:30:00Z
                2026-02-02 $4 $p      success 6 2026-02-03T01:00:00Z""");
        retracted(full("$p"), "2026-02-03T01:00:00Z");
        assertEquals(
                List.of(
                        "$3 2026-02-03T05:00:00Z summary success 8",
                        "$3 2026-02-03T06:00:00Z summary success 9",
                        "$4 2026-02-03T02:00:00Z cache failed -",
                        "$4 2026-02-03T03:00:00Z cache success 7"),
                ofMine(answer("completions_of_date", "game_date=2026-02-02")).stream()
                        .map(row -> row.replaceAll(" run-.*", ""))
                        .toList());
    }

    @Test
    void processorsSince() throws SQLException, IOException {
        recorded("""
                2026-01-30 $4 cache   success 7 2026-02-02T05:00:00Z
                2026-02-02 $4 cache   success 7 2026-02-02T06:00:00Z
                2026-02-02 $4 factors failed  - 2026-02-02T07:00:00Z
                2026-02-02 $4 zones   running - 2026-02-02T08:00:00Z
                2026-02-02 $4 shots   success 7 2026-02-03T05:00:00Z
                2026-02-02 $4 late    success 7 2026-02-02T04:59:59Z
                2026-02-02 $3 $p      success 7 2026-02-02T09:00:00Z
                2026-02-02 $3 summary success 7 2026-02-02T09:00:00Z 'inserted_at':'2026-02-09T00:00:00Z'""");
        retracted(full("$p"), "2026-02-02T09:00:00Z");
        assertEquals(
                List.of("$3 1 1 summary", "$4 2 1 cache, factors"),
                ofMine(answer("processors_since", "since=2026-02-02T05:00:00Z", "until=2026-02-03T05:00:00Z")));
    }

    @Test
    void lastCompletions() throws SQLException, IOException {
        recorded("""
                2026-02-01 $4 cache   success 7 2026-02-01T12:00:00Z
                2026-02-02 $4 cache   failed  - 2026-02-02T05:00:01Z
                2026-02-02 $4 cache   running - 2026-02-02T11:00:00Z
                2026-02-02 $4 cache   success 7 2026-02-02T10:00:00Z 'inserted_at':'2026-02-02T12:30:00Z'
                2025-10-21 $4 silent  success 7 2025-10-22T12:00:00Z
                2026-02-02 $4 never   failed  - 2026-02-02T06:00:00Z
                2026-02-02 $4 begun   running - 2026-02-02T06:00:00Z
                2026-02-02 $4 ahead   success 7 2026-02-02T12:00:01Z 'inserted_at':'2026-02-02T11:59:00Z'""");
        assertEquals(
                List.of(
                        "$4 never 2026-02-02T06:00:00Z 6.00 - -",
                        "$4 silent 2025-10-22T12:00:00Z 2472.00 2025-10-22T12:00:00Z 2472.00",
                        "$4 cache 2026-02-02T05:00:01Z 7.00 2026-02-01T12:00:00Z 24.00",
                        "$4 ahead 2026-02-02T12:00:01Z 0 2026-02-02T12:00:01Z 0"),
                ofMine(answer("last_completions", "as_of=2026-02-02T12:00:00Z")));
    }

    @Test
    void aCompletionThatWasTakenBackIsNotTheLast() throws SQLException, IOException {
        recorded("""
                2026-02-01 $4 $p success 7 2026-02-01T12:00:00Z
                2026-02-02 $4 $p success 7 2026-02-02T10:00:00Z""");
        retracted(full("$p"), "2026-02-02T10:00:00Z");
        assertEquals(
                List.of("$4 $p 2026-02-02T10:00:00Z 2.00 2026-02-02T10:00:00Z 2.00"),
                ofMine(answer("last_completions", "as_of=2026-02-02T12:00:00Z")),
                "nobody had taken it back then");
        assertEquals(
                List.of("$4 $p 2026-02-01T12:00:00Z"),
                ofMine(answer("last_completions", "as_of=2199-01-01T00:00:00Z")).stream()
                        .map(row -> row.replaceAll("Z .*", "Z"))
                        .toList());
    }

    @Test
    void completedDates() throws SQLException, IOException {
        slate("2007-02-18", 0, "2007-01-01T00:00:00Z");
        slate("2007-02-19", 3, "2007-01-01T00:00:00Z");
        slate("2007-02-19", 0, "2007-01-02T00:00:00Z");
        slate("2007-02-20", 9, "2007-01-01T00:00:00Z");
        recorded("""
                2007-02-13 $4 $p success 0  2007-02-13T10:00:00Z
                2007-02-13 $4 $p success 90 2007-02-13T12:00:00Z
                2007-02-13 $4 $p failed  -  2007-02-13T14:00:00Z
                2007-02-14 $4 $p success 90 2007-02-14T10:00:00Z
                2007-02-14 $4 $p success 0  2007-02-14T12:00:00Z
                2007-02-14 $4 $p success 5  2007-02-14T14:00:00Z 'is_incremental':true
                2007-02-15 $4 $p failed  -  2007-02-15T10:00:00Z
                2007-02-15 $4 $p running -  2007-02-15T12:00:00Z
                2007-02-16 $4 $p success 80 2007-02-16T10:00:00Z
                2007-02-17 $4 $p success -  2007-02-17T10:00:00Z
                2007-02-18 $4 $p success 0  2007-02-18T10:00:00Z
                2007-02-20 $3 $p success 10 2007-02-20T10:00:00Z
                2007-02-21 $4 $p no_data 0  2007-02-21T10:00:00Z""");
        retracted(full("$p"), "2007-02-16T10:00:00Z");
        assertEquals(
                List.of(
                        "2007-02-13 yes 2007-02-13T12:00:00Z 90 -",
                        "2007-02-14 empty 2007-02-14T14:00:00Z 0 -",
                        "2007-02-15 running - - -",
                        "2007-02-16 missing - - -",
                        "2007-02-17 yes 2007-02-17T10:00:00Z - -",
                        "2007-02-18 no_work 2007-02-18T10:00:00Z 0 0",
                        "2007-02-19 no_work - - 0",
                        "2007-02-20 missing - - 9",
                        "2007-02-21 no_data - - -"),
                answer(
                        "completed_dates",
                        "phase=$4",
                        "processor_name=$p",
                        "game_date_from=2007-02-13",
                        "game_date_to=2007-02-21"));
    }

    @Test
    void waitingForDownstream() throws SQLException, IOException {
        recorded("""
                2026-02-01 $4 cache   success 90 2026-02-01T07:00:00Z
                2026-02-01 $4 factors success 90 2026-02-01T08:00:00Z
                2026-02-01 $5 predict success 9  2026-02-01T09:00:00Z
                2026-02-01 $4 cache   success 90 2026-02-01T20:00:00Z
                2026-02-02 $5 predict success 9  2026-02-02T11:00:00Z
                2026-02-02 $4 cache   success 90 2026-02-03T07:00:00Z
                2026-02-02 $4 factors success 90 2026-02-03T07:00:00Z
                2026-02-03 $4 cache   success 90 2026-02-03T08:00:00Z
                2026-02-03 $4 factors success 0  2026-02-03T08:00:00Z
                2026-02-04 $4 cache   success 90 2026-02-03T08:00:00Z
                2026-02-04 $4 factors success 90 2026-02-03T10:00:00.000001Z 'inserted_at':'2026-02-03T10:00:01Z'
                2026-02-05 $4 cache   success 90 2026-02-03T08:00:00Z
                2026-02-05 $4 factors success 90 2026-02-03T10:00:00Z
                2026-02-05 $5 predict running -  2026-02-03T10:05:00Z
                2026-02-06 $4 cache   success 90 2026-02-03T08:00:00Z
                2026-02-06 $4 cache   success 90 2026-02-03T09:00:00Z
                2026-02-07 $4 cache   success 90 2026-02-03T08:00:00Z
                2026-02-07 $4 factors success 90 2026-02-03T09:00:00Z
                2026-02-07 $5 predict failed  -  2026-02-03T09:30:00Z
                2026-02-08 $4 cache   success 90 2026-02-03T08:00:00Z
                2026-02-08 $4 factors success 90 2026-02-03T09:00:00Z 'inserted_at':'2026-02-03T13:00:00Z'""");
        assertEquals(
                List.of(
                        "2026-02-02 2026-02-03T07:00:00Z 5.00 - 2026-02-02T11:00:00Z",
                        "2026-02-05 2026-02-03T10:00:00Z 2.00 2026-02-03T10:05:00Z -"),
                answer(
                        "waiting_for_downstream",
                        "phase=$4",
                        "processors=cache,factors",
                        "downstream_phase=$5",
                        "hours=2",
                        "as_of=2026-02-03T12:00:00Z",
                        "game_date_from=2026-02-01",
                        "game_date_to=2026-02-28"));
    }

    @Test
    void incomplete() throws SQLException, IOException {
        given().contentType("application/json")
                .body(full("""
                        {"time_zone":"America/New_York","effective_from":"2006-01-01T00:00:00Z","requirements":[
                         {"phase":"$4","processor_name":"cache","accept":["success","no_data"]},
                         {"phase":"$4","processor_name":"zones","optional":true}]}"""))
                .put("/v1/policies/" + mine)
                .then()
                .statusCode(201);
        slate("2007-03-12", 0, "2007-01-01T00:00:00Z");
        slate("2007-03-13", 5, "2007-01-01T00:00:00Z");
        recorded("""
                2007-03-10 $4 cache   no_data 0  2007-03-10T20:00:00Z
                2007-03-10 $4 zones   running -  2007-03-10T18:00:00Z
                2007-03-10 $4 zones   failed  -  2007-03-10T19:00:00Z
                2007-03-13 $3 summary success 9  2007-03-13T06:00:00Z
                2007-03-13 $4 cache   success 90 2007-03-13T09:00:00Z
                2007-03-13 $4 cache   failed  -  2007-03-13T10:00:00Z
                2007-03-13 $4 zones   success 90 2007-03-13T11:00:00Z 'inserted_at':'2007-03-14T00:00:00Z'
                2007-03-14 $4 $p      success 9  2007-03-14T09:00:00Z""");
        assertEquals(
                List.of(
                        "2007-03-10 $4 zones t failed 2007-03-10T19:00:00Z 2007-03-10T18:00:00Z 66.00",
                        "2007-03-11 $4 cache f missing - 2007-03-11T05:00:00Z 55.00",
                        "2007-03-11 $4 zones t missing - 2007-03-11T05:00:00Z 55.00",
                        "2007-03-13 $4 zones t missing - 2007-03-13T06:00:00Z 6.00"),
                answer(
                        "incomplete",
                        "policy=$",
                        "as_of=2007-03-13T12:00:00Z",
                        "game_date_from=2007-03-10",
                        "game_date_to=2007-03-14"));
    }

    @Test
    void phaseGaps() throws SQLException, IOException {
        recorded("""
                2007-11-03 $3 summary success 9  2007-11-03T06:00:00Z
                2007-11-03 $3 context success 9  2007-11-03T07:00:00Z
                2007-11-03 $3 context success 9  2007-11-03T19:00:00Z
                2007-11-03 $4 cache   success 0  2007-11-03T06:30:00Z
                2007-11-03 $4 cache   success 9  2007-11-03T08:30:00Z
                2007-11-03 $4 zones   failed  -  2007-11-03T07:10:00Z
                2007-11-03 $5 predict success 9  2007-11-03T08:00:00Z
                2007-11-04 $4 cache   success 9  2007-11-04T08:30:00Z
                2007-11-04 $3 context success 9  2008-04-01T08:30:00Z 'is_backfill':true""");
        assertEquals(
                List.of(
                        "2007-11-03 $3 2 2007-11-03T06:00:00Z 2007-11-03T07:00:00Z - -",
                        "2007-11-03 $4 1 2007-11-03T08:30:00Z 2007-11-03T08:30:00Z $3 1.50",
                        "2007-11-03 $5 1 2007-11-03T08:00:00Z 2007-11-03T08:00:00Z $4 -0.50",
                        "2007-11-04 $4 1 2007-11-04T08:30:00Z 2007-11-04T08:30:00Z - -"),
                answer("phase_gaps", "game_date_from=2007-11-03", "game_date_to=2007-11-04"));
    }

    @Test
    void landingTimesAreOfTheWallClock() throws SQLException, IOException {
        recorded("""
                2026-03-06 $4 $p success 9 2026-03-06T12:00:00Z
                2026-03-06 $4 $p success 9 2026-03-06T22:00:00Z
                2026-03-07 $4 $p success 0 2026-03-07T10:00:00Z
                2026-03-07 $4 $p success 9 2026-03-07T12:00:00Z
                2026-03-08 $4 $p success 9 2026-03-08T11:00:00Z
                2026-03-09 $4 $p success 9 2026-03-09T11:00:00Z
                2026-03-10 $4 $p success 9 2026-03-11T06:30:00Z
                2026-03-11 $4 $p success 9 2026-06-11T06:30:00Z 'is_backfill':true""");
        assertEquals(
                List.of("$4 $p 5 7.00 26.50 26.50"),
                ofMine(answer(
                        "landing_times",
                        "time_zone=America/New_York",
                        "game_date_from=2026-03-06",
                        "game_date_to=2026-03-11")));
    }

    @Test
    void staleInputs() throws SQLException, IOException {
        recorded("""
                2026-02-01 $4 $p      success 90 2026-02-01T10:00:00Z
                2026-02-01 $5 predict success 9  2026-02-01T16:30:00Z 'started_at':'2026-02-01T16:00:00Z'
                2026-02-02 $4 $p      success 90 2026-02-03T07:00:00Z
                2026-02-02 $4 $p      success 90 2026-02-03T09:00:00Z
                2026-02-02 $5 predict success 9  2026-02-02T11:00:00Z
                2026-02-02 $5 predict success 9  2026-02-02T21:38:00Z
                2026-02-02 $5 predict success 9  2026-02-03T07:00:00Z
                2026-02-03 $4 $p      success 90 2026-02-03T10:00:00Z
                2026-02-03 $4 $p      success 0  2026-02-03T11:00:00Z
                2026-02-03 $5 predict success 9  2026-02-03T12:00:00Z
                2026-02-04 $4 $p      success 90 2026-02-04T10:00:00Z
                2026-02-04 $5 predict partial 9  2026-02-04T17:00:00Z 'started_at':'2026-02-04T16:00:36Z'
                2026-02-05 $4 $p      success 90 2026-02-05T10:00:00Z
                2026-02-05 $5 predict success 9  2026-02-05T12:00:00Z
                2026-02-06 $4 $p      success 90 2026-02-06T10:00:00Z 'inserted_at':'2026-02-06T20:00:00Z'
                2026-02-06 $5 predict success 9  2026-02-06T12:00:00Z
                2026-02-07 $4 $p      failed  -  2026-02-07T10:00:00Z
                2026-02-07 $5 predict running -  2026-02-07T10:30:00Z
                2026-02-07 $5 predict failed  -  2026-02-07T11:00:00Z""");
        retracted(full("$p"), "2026-02-05T10:00:00Z");
        assertEquals(
                List.of(
                        "2026-02-02 2026-02-02T11:00:00Z $p missing - - 2026-02-03T07:00:00Z",
                        "2026-02-02 2026-02-02T21:38:00Z $p missing - - 2026-02-03T07:00:00Z",
                        "2026-02-03 2026-02-03T12:00:00Z $p empty 2026-02-03T11:00:00Z 1.00 -",
                        "2026-02-04 2026-02-04T16:00:36Z $p stale 2026-02-04T10:00:00Z 6.01 -",
                        "2026-02-05 2026-02-05T12:00:00Z $p missing - - -"),
                answer(
                                "stale_inputs",
                                "phase=$5",
                                "processor_name=predict",
                                "input_phase=$4",
                                "input_processors=$p",
                                "max_age_hours=6",
                                "game_date_from=2026-02-01",
                                "game_date_to=2026-02-28")
                        .stream()
                        .map(row -> row.replaceFirst("predict run-\\S+ ", ""))
                        .toList());
    }
}
