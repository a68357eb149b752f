package io.phaseledger.source;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.access.Caller;
import io.phaseledger.database.Statements;
import io.phaseledger.http.Json;
import io.phaseledger.ledger.Positions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources over HTTP: their versions, and which one wins. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class SourcesTest {

    private final String namespace = "n" + UUID.randomUUID();
    private final String name = "s" + UUID.randomUUID();

    @Inject
    Sources sources;

    @Inject
    Json json;

    @Inject
    Statements statements;

    @Inject
    Positions positions;

    @Inject
    Caller caller;

    private ValidatableResponse put(String source, String more, String... headers) {
        var request = given().contentType("application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.body("{\"door\":\"openlineage\",\"namespace\":\"" + namespace + "\"" + more + "}")
                .put("/v1/sources/" + source)
                .then();
    }

    private JobMapping mapping(String job) {
        return sources.mapping("openlineage", namespace, job);
    }

    @AfterEach
    void remove() {
        List<String> names = get("/v1/sources").jsonPath().getList("items.name");
        names.stream().filter(each -> each.endsWith(name)).forEach(each -> given().delete("/v1/sources/" + each));
    }

    @Test
    void a_job_that_no_source_matches_keeps_its_names() {
        assertEquals(
                new JobMapping(namespace, "a.b/c", null, GameDateFrom.NOMINAL_START, 0, Whole.EACH_RUN, null),
                mapping("a.b/c"));
    }

    @Test
    void each_field_is_in_force_at_once_and_shown() {
        put(name, """
                ,"job":"(?<dag>[^.]+)\\\\.(?<task>.+)","priority":7,"phase":"${dag}","processor_name":"${task}",
                "time_zone":"Asia/Taipei","game_date":"nominal_end","date_offset":-1,"whole":{"when":"count","count":3}""").statusCode(201);
        assertEquals(
                new JobMapping(
                        "etl",
                        "load",
                        ZoneId.of("Asia/Taipei"),
                        GameDateFrom.NOMINAL_END,
                        -1,
                        new Whole(Whole.When.COUNT, 3),
                        name),
                mapping("etl.load"));
        String shown =
                get("/v1/sources/" + name).then().statusCode(200).extract().asString();
        given().contentType("application/json")
                .body(shown)
                .put("/v1/sources/" + name)
                .then()
                .statusCode(200)
                .body("version", equalTo(1));
    }

    @Test
    void what_is_left_out_is_shown_as_what_it_means() {
        put(name, "")
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("priority", equalTo(100))
                .body("job", nullValue())
                .body("game_date", equalTo("nominal_start"))
                .body("date_offset", equalTo(0))
                .body("whole.when", equalTo("run"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            100, 10,  b
            10,  100, a
            10,  10,  a
            """)
    void the_lowest_priority_wins_and_of_several_the_first_name(int ofA, int ofB, String winner) {
        put("b" + name, ",\"phase\":\"b\",\"priority\":" + ofB).statusCode(201);
        put("a" + name, ",\"phase\":\"a\",\"priority\":" + ofA).statusCode(201);
        put("c" + name, ",\"phase\":\"c\",\"priority\":0,\"job\":\"other\"").statusCode(201);
        assertEquals(winner, mapping("job").phase());
        assertEquals("c", mapping("other").phase());
    }

    @Test
    void a_version_is_added_for_each_change_and_a_removal_is_one() {
        put(name, ",\"phase\":\"a\"").statusCode(201);
        put(name, ",\"phase\":\"a\"").statusCode(200).body("version", equalTo(1));
        put(name, ",\"phase\":\"b\"", "If-Match", "\"2\"").statusCode(412).body("code", equalTo("version_mismatch"));
        put(name, ",\"phase\":\"b\"", "If-Match", "\"1\"").statusCode(201).body("version", equalTo(2));
        put(name, ",\"phase\":\"c\"", "If-None-Match", "*").statusCode(412);
        given().header("If-Match", "\"1\"").delete("/v1/sources/" + name).then().statusCode(412);
        given().delete("/v1/sources/" + name).then().statusCode(204);
        given().delete("/v1/sources/" + name).then().statusCode(404).body("code", equalTo("unknown_source"));
        get("/v1/sources/" + name).then().statusCode(404);
        get("/v1/sources").then().body("items.name", not(hasItem(name)));
        assertEquals(namespace, mapping("job").phase());
        put(name, ",\"phase\":\"b\"", "If-None-Match", "*").statusCode(201).body("version", equalTo(4));
        get("/v1/sources/" + name + "/versions")
                .then()
                .body("items.phase", contains("a", "b", "b", "b"))
                .body("items.removed", contains(false, false, true, false));
    }

    /** It remembers what it read before, as the instance of a second process does, which is told nothing of the first. */
    @Test
    void another_instance_knows_what_was_put_before() {
        Sources other = new Sources(json, statements, positions, caller);
        assertEquals(namespace, phaseBy(other));
        put(name, ",\"phase\":\"a\"").statusCode(201);
        assertEquals("a", phaseBy(other));
        put(name, ",\"phase\":\"b\"").statusCode(201);
        assertEquals("b", phaseBy(other));
        given().delete("/v1/sources/" + name).then().statusCode(204);
        assertEquals(namespace, phaseBy(other));
    }

    private String phaseBy(Sources instance) {
        return instance.mapping("openlineage", namespace, "job").phase();
    }

    @Test
    void a_source_of_another_door_would_do_nothing() {
        given().contentType("application/json")
                .body("{\"door\":\"cloudevents\",\"job\":\"(\"}")
                .put("/v1/sources/" + name)
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/door", "/job"));
    }
}
