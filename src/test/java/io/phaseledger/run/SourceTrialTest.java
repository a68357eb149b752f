package io.phaseledger.run;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What events would come to under a source that is not put. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class SourceTrialTest {

    private final String namespace = "n" + UUID.randomUUID();

    private String event(String run, String job, String nominal) {
        return """
                {"eventType":"COMPLETE","eventTime":"2026-02-03T07:00:00Z","job":{"namespace":"%s","name":"%s"},
                 "run":{"runId":"%s","facets":{%s}}}""".formatted(namespace, job, run, nominal);
    }

    private static String nominal(String start, String end) {
        return """
                "nominalTime":{"nominalStartTime":"%s","nominalEndTime":"%s"}""".formatted(start, end);
    }

    private ValidatableResponse tried(String more, String... events) {
        return given().contentType("application/json")
                .body("""
                        {"source":{"door":"openlineage","namespace":"%s"%s},"events":[%s]}""".formatted(namespace, more, String.join(",", events)))
                .post("/v1/sources/try")
                .then();
    }

    @Test
    void a_row_is_told_with_its_date_and_names_and_nothing_is_stored() {
        String more = """
                ,"job":"(?<dag>[^.]+)\\\\.(?<task>.+)","phase":"p_${dag}","processor_name":"${task}","time_zone":"Asia/Taipei\"""";
        tried(more, event("r", "etl.load", nominal("2026-02-01T16:00:00Z", "2026-02-02T16:00:00Z")))
                .statusCode(200)
                .body("rows.phase", contains("p_etl"))
                .body("rows.processor_name", contains("load"))
                .body("rows.game_date", contains("2026-02-02"))
                .body("rows.status", contains("success"));
        get("/v1/completions?phase=p_etl&processor_name=load").then().body("items", empty());
        get("/v1/sources").then().body("items.findAll { it.namespace == '" + namespace + "' }", empty());
    }

    @Test
    void a_whole_is_told_with_its_parts() {
        String whole =
                ",\"phase\":\"p\",\"processor_name\":\"q\",\"time_zone\":\"UTC\",\"whole\":{\"when\":\"intervals\"}";
        String first = event("a", "j", nominal("2026-02-02T00:00:00Z", "2026-02-02T12:00:00Z"));
        String second = event("b", "j", nominal("2026-02-02T12:00:00Z", "2026-02-03T00:00:00Z"));
        tried(whole, first).body("rows.status", contains("running"));
        tried(whole, first, second).body("rows.status", contains("running", "running", "success"));
    }

    @Test
    void what_would_be_held_says_why() {
        tried("", event("r", "j", ""))
                .body("rows.outcome", contains("held"))
                .body("rows.code", contains("game_date_missing"));
    }

    @Test
    void what_cannot_be_read_is_named_by_its_place() {
        tried("", event("r", "j", ""), "{}")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/events/1/job/namespace"));
        tried(",\"phase\":\"${x}\"", event("r", "j", ""))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/source/phase"));
    }
}
