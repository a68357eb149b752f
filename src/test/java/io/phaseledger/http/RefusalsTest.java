package io.phaseledger.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(SmallBodies.class)
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class RefusalsTest {

    private static ValidatableResponse assertProblem(Response response, int status, String code) {
        return response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:phase-ledger:problem:" + code))
                .body("title", notNullValue())
                .body("status", equalTo(status))
                .body("detail", notNullValue())
                .body("code", equalTo(code));
    }

    private static Response get(String path) {
        return given().urlEncodingEnabled(false).get(path);
    }

    private static Response post(String body) {
        return given().contentType("application/json").body(body).post("/sample");
    }

    @Test
    void an_answer_is_written_as_the_contract_says() {
        get("/sample")
                .then()
                .statusCode(200)
                .body(
                        equalTo(
                                "{\"evaluated_at\":\"2026-02-02T11:00:00.123456Z\",\"game_date\":\"2026-02-02\",\"max_age\":\"PT6H\","
                                        + "\"share\":0.000000150,\"colour\":\"dark_blue\",\"counts\":{\"dark_blue\":1},\"nothing\":null}"));
    }

    @Test
    void a_body_that_is_right_is_read() {
        post("{\"phase\":\"phase4\"}").then().statusCode(200).body(containsString("phase=phase4"));
    }

    @Test
    void a_body_that_is_wrong_is_told_where() {
        assertProblem(post("{\"recrod_count\":1,\"record_count\":\"1\"}"), 400, "wrong_type")
                .body("instance", equalTo("/sample"))
                .body("errors.pointer", equalTo(List.of("/record_count", "/recrod_count", "/phase")))
                .body("errors[0]", not(hasKey("parameter")));
        assertProblem(post("{}"), 422, "required").body("errors.pointer", hasItem("/phase"));
        assertProblem(post(""), 400, "body_missing");
    }

    @Test
    void a_problem_has_its_members_and_headers_and_no_errors_without_any() {
        assertProblem(get("/sample/problem"), 409, "conflict")
                .header("Retry-After", "2")
                .body("original.id", equalTo(1))
                .body("$", not(hasKey("errors")))
                .body("$", not(hasKey("members")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sample/fault", "/sample/unwritable", "/sample/database/23505"})
    void a_fault_of_ours_gives_away_nothing_but_an_id(String path) {
        assertProblem(get(path), 500, "internal_error")
                .body("incident", notNullValue())
                .body("instance", equalTo(path))
                .body(not(containsString("secret")))
                .body(not(containsString("Exception")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P01", "57P03", "53300"})
    void a_database_that_cannot_be_asked_is_no_fault_and_no_answer(String state) {
        assertProblem(get("/sample/database/" + state), 503, "ledger_unavailable")
                .header("Retry-After", "1")
                .body(not(containsString("secret")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nope", "/sample/nope", "/v1/nope", "/q/nope"})
    void no_such_path_is_a_problem(String path) {
        assertProblem(get(path), 404, "not_found").body("instance", equalTo(path));
    }

    @Test
    void a_method_that_a_path_has_not_is_told_those_it_has() {
        assertProblem(given().delete("/sample"), 405, "method_not_allowed").header("Allow", "GET, HEAD, OPTIONS, POST");
        assertProblem(given().post("/sample/dates/x"), 405, "method_not_allowed")
                .header("Allow", "GET, HEAD, OPTIONS");
        assertProblem(given().get("/sample/bound/"), 405, "method_not_allowed").header("Allow", "OPTIONS, PUT");
    }

    @Test
    void options_lists_the_methods_of_the_path_and_of_no_other() {
        given().options("/v1/completions/1/retraction").then().statusCode(200).header("Allow", "OPTIONS, POST");
        given().options("/v1/completions/batch").then().statusCode(200).header("Allow", "OPTIONS, POST");
        given().options("/v1/completions").then().statusCode(200).header("Allow", "GET, HEAD, OPTIONS, POST");
    }

    @Test
    void media_types_that_do_not_fit_are_problems() {
        assertProblem(given().accept("image/png").get("/sample/asked"), 406, "not_acceptable");
    }

    /** A form of another site's page can send these without being asked. */
    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain;json"})
    void a_body_has_a_type_that_no_form_has(String type) {
        assertProblem(sent("/sample", type), 415, "unsupported_media_type")
                .body("detail", startsWith("`" + type.split(";", -1)[0]))
                .body("detail", endsWith("` is not read here; send it as application/json."))
                .body("media_types", equalTo(List.of("application/json")))
                .header("Accept", "application/json");
        assertProblem(sent("/v1/completions/import", type), 415, "unsupported_media_type")
                .header("Accept", containsString("application/x-ndjson"))
                .body("media_types", hasItem("application/x-ndjson"));
    }

    private static Response sent(String path, String type) {
        return given().config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs(type, ContentType.TEXT)))
                .contentType(type)
                .body("{}")
                .post(path);
    }

    @Test
    void a_body_that_the_framework_binds_is_refused_in_the_same_way() {
        var request = given().contentType("application/json");
        assertProblem(request.body("{\"min_records\":\"a\"}").put("/sample/bound"), 400, "wrong_type")
                .body("errors.pointer", hasItem("/min_records"));
        assertProblem(request.body("{\"min_record\":1}").put("/sample/bound"), 400, "unknown_field");
        assertProblem(request.body("{\"min_records\"").put("/sample/bound"), 400, "malformed_json");
    }

    @Test
    void a_parameter_that_nobody_declares_is_refused_with_the_nearest_that_is() {
        assertProblem(get("/sample/asked?wihtin=6h"), 400, "unknown_parameter")
                .body("errors", hasSize(1))
                .body("errors[0].parameter", equalTo("wihtin"))
                .body("errors[0].detail", equalTo("`wihtin` is not a parameter here; did you mean `within`?"));
        assertProblem(get("/sample/asked?game_date_form=x"), 400, "unknown_parameter");
        assertProblem(get("/sample?x"), 400, "unknown_parameter");
    }

    @Test
    void a_parameter_given_twice_is_refused_unless_it_is_a_list() {
        assertProblem(get("/sample/asked?within=1h&within=2h"), 400, "repeated_parameter");
        assertProblem(get("/sample/asked?game_date_to=2026-02-02&game_date_to=2026-02-02"), 400, "repeated_parameter");
        assertProblem(get("/sample/asked?within"), 400, "blank_parameter")
                .body("errors[0].parameter", equalTo("within"));
        assertProblem(get("/sample/asked?status=%00"), 422, "invalid_character")
                .body("errors[0].parameter", equalTo("status"));
        assertProblem(get("/sample/asked?status=%ff"), 422, "invalid_character");
        assertProblem(get("/sample/asked?status=a&status="), 400, "blank_parameter");
        get("/sample/asked?status=a&status=b").then().body(containsString("[a, b]"));
    }

    @Test
    void a_parameter_that_cannot_be_read_is_named_whatever_the_method_produces() {
        assertProblem(get("/sample/asked?within=6x"), 400, "invalid_duration")
                .body("errors[0].parameter", equalTo("within"));
        assertProblem(get("/sample/dates/TODAY?min_records=1"), 422, "relative_date")
                .body("errors[0].parameter", equalTo("date"));
        assertProblem(given().header("Last-Position", "x").get("/sample/asked"), 400, "invalid_position")
                .body("errors[0].parameter", equalTo("Last-Position"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            game_date_from=TODAY            | 422 | relative_date   | game_date_from
            colour=dark_blue,blu            | 422 | unknown_value   | colour
            day=2026-02-02&day=2026-02-30   | 400 | invalid_date    | day
            limit=0                         | 422 | out_of_range    | limit
            limit=10                        | 422 | out_of_range    | limit
            name=a,1                        | 422 | invalid_name    | name
            name=a,                         | 400 | blank_parameter | name
            cursor=x                        | 400 | invalid_cursor  | cursor
            """)
    void a_parameter_of_a_record_is_refused_by_its_name(String query, int status, String code, String parameter) {
        assertProblem(get("/sample/asked?" + query), status, code).body("errors.parameter", contains(parameter));
    }

    @Test
    void a_parameter_that_is_left_out_and_must_not_be_is_named() {
        assertProblem(get("/sample/dates/2026-02-02"), 422, "required")
                .body("errors.parameter", contains("min_records"));
    }

    @Test
    void parameters_are_read_as_what_they_are_declared_to_be() {
        get("/sample/asked?as_of=2026-02-02T06:00:00+05:00&within=90m&colour=dark_blue&day=2026-02-02,2026-02-03&name=a,b")
                .then()
                .body(
                        equalTo(
                                "PT1H30M 2026-02-02T01:00:00Z false [] Window[gameDateFrom=null, gameDateTo=null, limit=3, "
                                        + "colour=[DARK_BLUE], day=[2026-02-02, 2026-02-03], name=[a, b], lastPosition=null, cursor=null]"));
    }

    @Test
    void a_body_that_is_too_large_is_a_problem_with_the_bound() {
        assertProblem(post("x".repeat(SmallBodies.MAX_BODY + 1)), 413, "body_too_large")
                .body("max_bytes", equalTo(SmallBodies.MAX_BODY));
        assertProblem(post("x".repeat(SmallBodies.MAX_BODY)), 400, "malformed_json");
    }

    @Test
    void a_body_in_chunks_is_bounded_too() throws IOException {
        var chunk = Integer.toHexString(SmallBodies.MAX_BODY) + "\r\n" + "x".repeat(SmallBodies.MAX_BODY) + "\r\n";
        var answer = exchange("POST /sample HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "0\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        assertTrue(answer.contains("\"code\":\"body_too_large\""), answer);
    }

    @Test
    void a_method_that_streams_takes_a_body_of_any_length() {
        given().contentType("application/json")
                .body("x".repeat(2 * SmallBodies.MAX_BODY))
                .post("/sample/streamed")
                .then()
                .statusCode(200)
                .body(equalTo(Integer.toString(2 * SmallBodies.MAX_BODY)));
    }

    @Test
    void the_contract_names_fields_as_json_does() {
        get("/q/openapi?format=json").then().statusCode(200).body(containsString("\"evaluated_at\""));
    }

    /** Ends when the server closes the connection, which it must, or at the time-out. */
    private static String exchange(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
