package io.phaseledger.gate;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.database.CountedStatements;
import io.phaseledger.policy.KnownSlates;
import io.phaseledger.policy.Policies;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Timeliness;
import io.phaseledger.readiness.Verdict;
import io.phaseledger.timeliness.Timekeeper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The night of 2026-02-02 by HTTP, and what asking for it costs. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class TimelinessHttpTest {

    private static final String NIGHT = "2026-02-02";

    @Inject
    DataSource pool;

    @Inject
    Policies policies;

    @Inject
    KnownSlates slates;

    @Inject
    Timekeeper timekeeper;

    private final String name = "t" + UUID.randomUUID().toString().replace("-", "");

    private void put(String readyBy) {
        given().contentType("application/json")
                .body("""
                        {"time_zone": "America/New_York", "effective_from": "2025-10-01T00:00:00Z",
                         "requirements": [{"phase": "phase4", "processor_name": "%s", "min_records": 50}],
                         "deadline": {"ready_by": "%s", "warn_before": "PT30M"}}""".formatted(name, readyBy))
                .put("/v1/policies/" + name)
                .then()
                .statusCode(201);
    }

    private void report(String date, int records, String at) {
        send("""
                {"phase":"phase4","game_date":"%s","processor_name":"%s","status":"success","record_count":%d,"completed_at":"%s","inserted_at":"%s"}""".formatted(date, name, records, at, at));
    }

    private static void send(String lines) {
        given().contentType("application/x-ndjson")
                .body(lines.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/v1/completions/import")
                .then()
                .statusCode(200)
                .body("rejected", hasSize(0));
    }

    private ValidatableResponse ask(String asOf) {
        return given().get("/v1/readiness/" + name + "/" + NIGHT + "?as_of=" + asOf)
                .then()
                .statusCode(200);
    }

    @Test
    void the_night_is_told_as_it_was() {
        put("07:00");
        ask("2026-02-02T11:29:59Z")
                .body("timeliness.state", equalTo("not_due"))
                .body("timeliness.due_at", equalTo("2026-02-02T12:00:00Z"));
        ask("2026-02-02T11:30:00Z").body("timeliness.state", equalTo("at_risk"));
        ask("2026-02-02T12:01:00Z").body("timeliness.state", equalTo("missing"));
        report(NIGHT, 123, "2026-02-03T07:00:00Z");
        ask("2026-02-02T12:01:00Z").body("timeliness.state", equalTo("missing"));
        String landed = ask("2026-02-03T07:00:00Z")
                .body("timeliness.state", equalTo("late"))
                .body("timeliness.landed_at", equalTo("2026-02-03T07:00:00Z"))
                .body("timeliness.late_by_seconds", equalTo(19 * 3600))
                .body("timeliness.reported_late", equalTo(false))
                .body("timeliness.expired_at", nullValue())
                .extract()
                .header("ETag");
        report(NIGHT, 20, "2026-02-03T08:00:00Z");
        report(NIGHT, 125, "2026-02-03T09:00:00Z");
        ask("2026-02-03T10:00:00Z").body("timeliness.late_by_seconds", equalTo(19 * 3600));
        assertTrue(!landed.equals(ask("2026-02-02T12:01:00Z").extract().header("ETag")));
        given().get("/v1/landings?policy=" + name + "&from=2026-02-01&to=2026-02-02")
                .then()
                .statusCode(200)
                .body("items.state", contains("missing", "late"))
                .body("items.weekday", contains("sunday", "monday"))
                .body("items[1].late_by_seconds", equalTo(19 * 3600))
                .body("landed", equalTo(1))
                .body("p50", equalTo(java.util.Map.of("day_offset", 1, "local_time", "02:00:00")));
    }

    @Test
    void a_policy_without_a_deadline_has_none() {
        given().contentType("application/json")
                .body("{\"time_zone\": \"UTC\", \"requirements\": []}")
                .put("/v1/policies/" + name)
                .then()
                .statusCode(201);
        given().get("/v1/readiness/" + name + "/" + NIGHT)
                .then()
                .body("", hasEntry(equalTo("timeliness"), nullValue()));
    }

    @Test
    void what_is_refused_names_the_parameter() {
        given().get("/v1/landings?policy=phase4&from=2026-02-02&to=2026-02-01")
                .then()
                .statusCode(422)
                .body("errors.parameter", contains("to"));
        given().get("/v1/landings?from=2026-02-02&to=2026-02-01").then().statusCode(422);
        given().get("/v1/landings?policy=nonesuch&from=2026-02-02&to=2026-02-02")
                .then()
                .statusCode(404);
    }

    @Test
    void what_ships_has_deadlines() {
        given().get("/v1/policies/phase4")
                .then()
                .body("deadline.ready_by", equalTo("07:00"))
                .body("consumers.processor_name", contains("ml_feature_store"));
        given().get("/v1/policies/phase4_previous_slate").then().body("consumers", hasSize(0));
        given().get("/v1/policies/ml_feature_store")
                .then()
                .body("upstream.ready", contains("require"))
                .body("warnings", not(hasItems("deadline")));
    }

    /** Once it is known when a date landed, a question takes one statement, as long as nothing is said afterwards. */
    @Test
    void what_has_landed_costs_nothing_more() {
        put("07:00");
        report(NIGHT, 123, "2026-02-03T07:00:00Z");
        Counting counting = new Counting();
        Inquiry inquiry = new Inquiry(name, LocalDate.parse(NIGHT), Mode.LIVE, null, null);
        int first = counting.counted.during(() -> counting.gate.answer(inquiry));
        assertTrue(first <= 4, () -> first + " at first");
        assertEquals(1, counting.counted.during(() -> counting.gate.answer(inquiry)));
        Asking.of("").complete("");
        assertEquals(1, counting.counted.during(() -> assertLate(counting.gate.answer(inquiry))));
        report(NIGHT, 123, "2026-02-02T11:00:00Z");
        int again = counting.counted.during(() -> assertOnTime(counting.gate.answer(inquiry)));
        assertEquals(2, again, "what was said afterwards is noticed by the look and read once");
        assertEquals(1, counting.counted.during(() -> assertOnTime(counting.gate.answer(inquiry))));
    }

    private static void assertLate(Answer answer) {
        assertEquals(
                Timeliness.State.LATE,
                Objects.requireNonNull(answer.view().timeliness()).state());
    }

    private static void assertOnTime(Answer answer) {
        assertEquals(
                Timeliness.State.ON_TIME,
                Objects.requireNonNull(answer.view().timeliness()).state());
    }

    /** A season of a policy, with processors that ran two hundred times on each date. */
    @Test
    void a_season_takes_one_statement_more_however_often_processors_ran() {
        put("07:00");
        LocalDate from = LocalDate.parse("2025-10-21");
        List<LocalDate> dates = from.datesUntil(from.plusDays(235)).toList();
        send(dates.stream()
                .filter(date -> date.isBefore(LocalDate.parse("2025-12-01")))
                .flatMap(date -> IntStream.range(0, 200)
                        .mapToObj(run -> """
                                {"phase":"phase4","game_date":"%s","processor_name":"%s","status":"success","record_count":60,"completed_at":"%sT10:%02d:%02dZ","inserted_at":"%sT10:%02d:%02dZ"}""".formatted(date, name, date, run / 60, run % 60, date, run / 60, run % 60)))
                .collect(Collectors.joining("\n")));
        Counting counting = new Counting();
        int asked = counting.counted.during(() -> counting.season(name, dates));
        assertTrue(asked <= 4, () -> asked + " statements: a look, slates twice, and histories once");
        assertEquals(1, counting.counted.during(() -> counting.season(name, dates)));
    }

    /** A gate by which statements are counted. */
    private final class Counting {

        private final CountedStatements counted = new CountedStatements(pool);
        private final Gate gate = new Gate(counted.statements(), policies, slates, timekeeper);

        void season(String policy, List<LocalDate> dates) {
            Gathered gathered =
                    gate.gather(AsKnown.NOW, snapshot -> List.of(new Subject(snapshot.policy(policy), dates)));
            List<Verdict> verdicts = gathered.verdicts(gathered.subjects().get(0), Mode.LIVE);
            assertEquals(dates.size(), gate.timed(gathered, verdicts).size());
        }
    }
}
