package io.phaseledger.use;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.database.CountedStatements;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Names;
import io.phaseledger.ledger.Positions;
import io.phaseledger.policy.Policies;
import io.phaseledger.policy.SlateBook;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which runs of consumers began before their input, over HTTP. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class UsesTest {

    private static final String NIGHT = "2026-02-02";

    @Inject
    DataSource pool;

    @Inject
    Policies policies;

    @Inject
    SlateBook slates;

    @Inject
    Names names;

    @Inject
    Positions positions;

    private String input;
    private String store;

    @BeforeEach
    void putPolicy() {
        input = "u" + UUID.randomUUID().toString().replace("-", "");
        store = input + "_store";
        given().contentType("application/json")
                .body("""
                        {"time_zone": "America/New_York", "effective_from": "2025-10-01T00:00:00Z",
                         "requirements": [{"phase": "phase4", "processor_name": "%s"}],
                         "consumers": [{"processor_name": "%s", "max_age": "PT2H"}]}""".formatted(input, store))
                .put("/v1/policies/" + input)
                .then()
                .statusCode(201);
    }

    private static String row(String processor, String status, String completedAt, String insertedAt, String more) {
        return """
                {"phase":"phase4","game_date":"%s","processor_name":"%s","status":"%s","completed_at":"%s","inserted_at":"%s"%s}""".formatted(NIGHT, processor, status, completedAt, insertedAt, more);
    }

    private static void learn(String... rows) {
        given().contentType("application/x-ndjson")
                .body(String.join("\n", rows).getBytes(UTF_8))
                .post("/v1/completions/import")
                .then()
                .statusCode(200)
                .body("recorded", equalTo(rows.length));
    }

    private ValidatableResponse uses(String more) {
        return given().get("/v1/uses?policy=" + input + "&from=" + NIGHT + "&to=" + NIGHT + more)
                .then()
                .statusCode(200);
    }

    /** The store ran at 06:00 and at 16:38 in New York, and the table that it reads was filled at 02:00 the next day. */
    private void playTheNight() {
        learn(
                row(store, "success", "2026-02-02T11:04:00Z", "2026-02-02T11:04:01Z", """
                        ,"execution_id":"store-0600","started_at":"2026-02-02T11:00:00Z\""""),
                row(store, "success", "2026-02-02T21:43:00Z", "2026-02-02T21:43:01Z", """
                        ,"execution_id":"store-1638","started_at":"2026-02-02T21:38:00Z\""""),
                row(input, "success", "2026-02-03T07:00:00Z", "2026-02-03T07:00:00Z", ""));
    }

    @Test
    void both_runs_of_the_night_were_before_their_input() {
        playTheNight();
        uses("").body("items.started_at", contains("2026-02-02T11:00:00Z", "2026-02-02T21:38:00Z"))
                .body("items.execution_id", contains("store-0600", "store-1638"))
                .body("items.consumer", contains(store, store))
                .body("items.state", contains("not_ready", "not_ready"))
                .body("items.reasons", contains(List.of("missing"), List.of("missing")))
                .body("items.by_completion.state", contains("not_ready", "not_ready"))
                .body("items.before_ready", contains(true, true))
                .body("items.receipt_id", contains(nullValue(), nullValue()))
                .body("items.data_age_seconds", contains(nullValue(), nullValue()))
                .body("items.max_age_seconds", contains(7200, 7200));
    }

    @Test
    void what_was_learned_later_does_not_count_as_of_an_instant() {
        playTheNight();
        uses("&as_of=2026-02-02T11:04:00Z").body("items", hasSize(0));
        uses("&as_of=2026-02-02T12:00:00Z").body("items.execution_id", contains("store-0600"));
    }

    @Test
    void a_report_that_came_late_makes_no_run_wrong() {
        learn(
                row(input, "success", "2026-02-02T10:30:00Z", "2026-02-02T12:00:00Z", ""),
                row(store, "success", "2026-02-02T11:00:00Z", "2026-02-02T11:00:01Z", ""));
        uses("").body("items.state", contains("not_ready"))
                .body("items.by_completion.state", contains("ready"))
                .body("items.by_completion.data_age_seconds", contains(1800))
                .body("items.before_ready", contains(false))
                .body("items.older_than_max_age", contains(false));
    }

    @Test
    void a_run_begins_with_its_first_sign_of_life() {
        learn(
                row(input, "success", "2026-02-02T10:30:00Z", "2026-02-02T10:30:01Z", ""),
                row(store, "running", "2026-02-02T10:00:00Z", "2026-02-02T10:00:01Z", ",\"execution_id\":\"a\""),
                row(store, "running", "2026-02-02T10:40:00Z", "2026-02-02T10:40:01Z", ",\"execution_id\":\"a\""),
                row(store, "success", "2026-02-02T11:00:00Z", "2026-02-02T11:00:01Z", ",\"execution_id\":\"a\""),
                row(store, "failed", "2026-02-02T12:00:00Z", "2026-02-02T12:00:01Z", ""));
        uses("").body("items.started_at", contains("2026-02-02T10:00:00Z", "2026-02-02T12:00:00Z"))
                .body("items.status", contains("success", "failed"))
                .body("items.before_ready", contains(true, false));
    }

    @Test
    void input_may_be_too_old_though_the_policy_was_ready() {
        learn(
                row(input, "success", "2026-02-02T08:00:00Z", "2026-02-02T08:00:01Z", ""),
                row(store, "success", "2026-02-02T10:00:00Z", "2026-02-02T10:00:01Z", ""),
                row(store, "success", "2026-02-02T10:00:00.000001Z", "2026-02-02T10:00:02Z", ""));
        uses("").body("items.state", contains("ready", "ready"))
                .body("items.data_age_seconds", contains(7200, 7200f))
                .body("items.older_than_max_age", contains(false, true))
                .body("items.before_ready", contains(false, false));
    }

    @Test
    void a_backfill_is_asked_as_one() {
        learn(row(store, "success", "2026-02-02T11:00:00Z", "2026-02-02T11:00:01Z", ",\"is_backfill\":true"));
        uses("").body("items.mode", contains("backfill"))
                .body("items.state", contains("bypassed"))
                .body("items.before_ready", contains(false));
    }

    @Test
    void what_was_taken_back_is_no_run() {
        String id = given().contentType("application/json")
                .body("""
                        {"phase":"phase4","game_date":"%s","processor_name":"%s","status":"success"}""".formatted(NIGHT, store))
                .post("/v1/completions")
                .path("id");
        uses("").body("items.completion_id", contains(id));
        given().contentType("application/json")
                .body("{\"reason\":\"never ran\"}")
                .post("/v1/completions/" + id + "/retraction");
        uses("").body("items", hasSize(0));
    }

    private String receipt() {
        return given().get("/v1/readiness/" + input + "/" + NIGHT + "?consumer=" + store)
                .path("receipt_id");
    }

    private void run(String more) {
        given().contentType("application/json")
                .body("""
                        {"phase":"phase4","game_date":"%s","processor_name":"%s","status":"success"%s}""".formatted(NIGHT, store, more))
                .post("/v1/completions")
                .then()
                .statusCode(201);
    }

    @Test
    void a_run_has_the_receipt_that_it_names_else_the_last_before_it_began() {
        String first = receipt();
        learn(row(input, "success", "2026-02-02T08:00:00Z", "2026-02-02T08:00:01Z", ""));
        run(",\"execution_id\":\"unnamed\"");
        String second = receipt();
        run(",\"execution_id\":\"named\",\"metadata\":{\"receipt_id\":\"" + first + "\"}");
        run(",\"execution_id\":\"last\"");
        run(",\"execution_id\":\"another's\",\"metadata\":{\"receipt_id\":\"" + UUID.randomUUID() + "\"}");
        run(",\"execution_id\":\"older\",\"started_at\":\"2026-02-02T08:00:00Z\"");
        uses("").body("items.execution_id", contains("older", "unnamed", "named", "last", "another's"))
                .body("items.receipt_id", contains(null, first, first, second, second));
    }

    @Test
    void a_policy_says_how_many_runs_had_a_receipt() {
        given().get("/v1/policies/" + input).then().body("receipt_coverage.runs", equalTo(0));
        String date = LocalDate.now(ZoneOffset.UTC).minusDays(2).toString();
        given().contentType("application/json")
                .body("{\"units\": 4, \"note\": \"" + input + "\"}")
                .put("/v1/slates/" + date);
        String before = """
                {"phase":"phase4","game_date":"%s","processor_name":"%s","status":"success"}""".formatted(date, store);
        given().contentType("application/json").body(before).post("/v1/completions");
        given().get("/v1/readiness/" + input + "/" + date + "?consumer=" + store);
        given().contentType("application/json").body(before).post("/v1/completions");
        given().get("/v1/policies/" + input)
                .then()
                .body("receipt_coverage.runs", equalTo(2))
                .body("receipt_coverage.with_receipt", equalTo(1));
        String shown = given().get("/v1/policies/" + input).asString();
        given().contentType("application/json")
                .body(shown)
                .put("/v1/policies/" + input)
                .then()
                .statusCode(200);
        given().get("/v1/policies")
                .then()
                .body("items.find { it.name == '" + input + "' }.receipt_coverage", nullValue());
    }

    /** More reports than are read at first, of the input: the run between them is judged all the same. */
    @Test
    void a_run_among_hundreds_of_reports_is_judged_by_what_was_known_then() {
        learn(IntStream.range(0, 300)
                .mapToObj(each -> row(
                        input,
                        "failed",
                        "2026-02-02T08:%02d:%02dZ".formatted(each / 60, each % 60),
                        "2026-02-02T08:%02d:%02dZ".formatted(each / 60, each % 60),
                        ""))
                .toArray(String[]::new));
        learn(
                row(input, "success", "2026-02-02T09:00:00Z", "2026-02-02T09:00:00Z", ""),
                row(store, "success", "2026-02-02T08:30:00Z", "2026-02-02T08:30:01Z", ""),
                row(store, "success", "2026-02-02T09:30:00Z", "2026-02-02T09:30:01Z", ""));
        uses("").body("items.reasons", contains(List.of("failed"), List.of()))
                .body("items.before_ready", contains(true, false));
    }

    @Test
    void a_season_costs_as_many_statements_as_a_night() {
        learn(Stream.concat(
                        IntStream.range(0, 60)
                                .mapToObj(day -> LocalDate.parse("2026-01-01").plusDays(day))
                                .map(date -> row(store, "success", date + "T11:00:00Z", date + "T11:00:01Z", "")
                                        .replace("\"" + NIGHT + "\"", "\"" + date + "\"")),
                        Stream.of(row(input, "success", "2026-02-03T07:00:00Z", "2026-02-03T07:00:00Z", "")))
                .collect(Collectors.toList())
                .toArray(String[]::new));
        CountedStatements counted = new CountedStatements(pool);
        Uses uses = new Uses(counted.statements(), policies, slates, names);
        Head head = positions.head();
        uses.of(input, LocalDate.parse(NIGHT), LocalDate.parse(NIGHT), head.now(), head);
        int most = 4; // Rows, receipts, the newest slate, histories.
        for (String to : List.of("2026-01-01", "2026-03-01")) {
            assertEquals(
                    most,
                    counted.during(() ->
                            uses.of(input, LocalDate.parse("2026-01-01"), LocalDate.parse(to), head.now(), head)));
        }
    }
}
