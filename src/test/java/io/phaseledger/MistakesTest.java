package io.phaseledger;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people get wrong: all of it is named at once, what they probably meant is offered, and nothing is swallowed. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class MistakesTest {

    private static final int BOUND_MILLIS = 30_000;

    private static ValidatableResponse send(String method, String path, String body) {
        return given().contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .request(method, path)
                .then();
    }

    private static String place(Map<String, String> error) {
        return Objects.requireNonNullElseGet(error.get("pointer"), () -> String.valueOf(error.get("parameter")));
    }

    private static void assertNamed(ValidatableResponse answer, int status, String places) {
        List<Map<String, String>> errors = answer.statusCode(status).extract().path("errors");
        assertEquals(
                Set.of(places.split(" ")),
                errors.stream().map(MistakesTest::place).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/mirror/import                                               | 422 | game_date_from game_date_to
            /v1/mirror/import?game_date_from=2026-02-02                     | 422 | game_date_to
            """)
    void each_parameter_that_is_left_out_is_named(String path, int status, String places) {
        assertNamed(given().post(path).then(), status, places);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/readiness/phase4/2026-02-03?wait=9h                                                 | 422 | wait
            /v1/readiness/phase4/2026-02-03?position=1&at_least=2                                   | 422 | at_least
            /v1/readiness?game_date_from=2026-02-01&game_date_to=2026-02-02&policy=phase4,          | 400 | policy
            /v1/readiness?game_date_from=2026-02-01&game_date_to=2026-01-31                         | 422 | game_date_to
            /v1/readiness                                                                           | 422 | game_date_from game_date_to
            /v1/slates?from=2026-03-01&to=2026-02-01                                                | 422 | to
            /v1/slates?as_of=2100-01-01T00:00:00Z                                                   | 422 | as_of
            """)
    void a_parameter_that_is_wrong_is_named(String path, int status, String places) {
        assertNamed(given().get(path).then(), status, places);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/completions        | {"phase":"phase4","record_count":"5","game_date":"TODAY","status":"ok","processor_name":" p"} | 400 | /record_count /game_date /status /processor_name
            /v1/completions        | {"phase":"phase4","game_date":"2026-02-02","processor_name":"p","status":" success"} | 422 | /status
            /v1/keys               | {"name":"k","scopes":["read"," record"]} | 422 | /scopes/1
            /v1/subscriptions      | {"url":"http://127.0.0.1:1/x","pubsub_topic":"projects/p-12345/topics/abc","events":["readiness"],"settle":"PT5S","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"} | 422 | /pubsub_topic /settle /secret
            /v1/subscriptions      | {"url":"http://127.0.0.1:1/x","events":["readiness"],"deliver":"settled","settle":"PT1.9S"} | 422 | /settle
            /v1/readiness/evaluate | {"policy":{"time_zone":"UTC","requirements":[],"effective_from":"garbage"},"game_date":"2026-02-02"} | 400 | /policy/effective_from
            /v1/readiness/evaluate | {"policy":{"time_zone":"UTC","requirements":[],"upstream":[{"policy":"phase3"},{"policy":"phase3"}]},"game_date":"2026-02-02"} | 422 | /policy/upstream/1/policy
            /v1/readiness/evaluate | {"policy":{"name":5,"time_zone":"UTC","requirements":[]},"game_date":"2026-02-02"} | 400 | /policy/name
            /v1/readiness/evaluate | {"policy":{"time_zone":"UTC","requirements":[{"phase":"p","processor_name":"q","accept":["succes"]}]},"game_date":"2026-02-02"} | 422 | /policy/requirements/0/accept/0
            /v1/readiness/evaluate | {"policy_name":"phase4","game_date_from":"2026-02-02"} | 422 | /game_date_to
            /v1/readiness/evaluate | {"policy_name":"phase4","game_date_to":"2026-02-02"} | 422 | /game_date_from
            /v1/readiness/evaluate | {"policy_name":"phase4"} | 422 | /game_date
            /v1/readiness/evaluate | {"policy":{"time_zone":"UTC","requirements":[]},"policy_name":"phase4","game_date":"2026-02-02"} | 422 | /policy
            /v1/readiness/evaluate | {"policy_name":"phase4","game_date":"2026-02-02","as_of":"2100-01-01T00:00:00Z"} | 422 | /as_of
            """)
    void every_field_that_is_wrong_is_named(String path, String body, int status, String places) {
        assertNamed(send("POST", path, body), status, places);
    }

    @Test
    void a_policy_that_is_misspelt_is_offered_the_near_one() {
        for (String path : List.of("/v1/readiness/Phase4/2026-02-02", "/v1/policies/Phase4")) {
            given().get(path).then().statusCode(404).body("detail", endsWith("did you mean `phase4`?"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PST, the nearest is America/Los_Angeles",
        "EST, must be a name of the tz database such as America/New_York"
    })
    void an_abbreviation_of_a_zone_is_offered_none_that_only_looks_like_it(String zone, String end) {
        send("PUT", "/v1/policies/zoned", "{\"time_zone\":\"" + zone + "\",\"requirements\":[]}")
                .statusCode(422)
                .body("errors.detail", contains(endsWith(end)));
    }

    @Test
    void an_upstream_that_is_misspelt_is_offered_the_near_one() {
        String policy = "{\"time_zone\":\"UTC\",\"requirements\":[],\"upstream\":[{\"policy\":\"phase_3\"}]}";
        send("PUT", "/v1/policies/misspelt", policy)
                .statusCode(422)
                .body("errors.detail", contains(endsWith("did you mean `phase3`?")));
        send("POST", "/v1/readiness/evaluate", "{\"game_date\":\"2026-02-02\",\"policy\":" + policy + "}")
                .statusCode(422)
                .body("errors.detail", contains(endsWith("did you mean `phase3`?")));
    }

    @Test
    void a_phase_that_is_misspelt_is_offered_the_one_that_is_read() {
        send("POST", "/v1/completions", """
                {"phase":"Phase4","game_date":"2026-02-02","processor_name":"player_daily_cache","status":"running",
                 "execution_id":"%s"}""".formatted(UUID.randomUUID()))
                .statusCode(201)
                .body("warnings.code", contains("unknown_processor", "not_idempotent"))
                .body("warnings[0].nearest", equalTo("phase4"))
                .body("warnings[1].detail", endsWith("recorded again: send a completed_at or an Idempotency-Key"));
    }

    @Test
    void no_policy_takes_the_name_of_an_operation() {
        String policy = "{\"time_zone\":\"UTC\",\"requirements\":[]}";
        assertNamed(send("PUT", "/v1/policies/evaluate", policy), 422, "name");
    }

    @Test
    void a_policy_that_shall_be_new_is_no_version_of_another() {
        String policy = "{\"time_zone\":\"UTC\",\"requirements\":[]}";
        String path = "/v1/policies/new-" + UUID.randomUUID();
        for (int status : new int[] {201, 412}) {
            given().header("If-None-Match", "*")
                    .contentType("application/json")
                    .body(policy)
                    .put(path)
                    .then()
                    .statusCode(status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"*\"", "\"3\"", "x"})
    void no_condition_of_a_put_is_passed_over(String unless) {
        given().header("If-None-Match", unless)
                .contentType("application/json")
                .body("{\"time_zone\":\"UTC\",\"requirements\":[]}")
                .put("/v1/policies/phase4")
                .then()
                .statusCode(400)
                .body("errors.parameter", contains("If-None-Match"));
    }

    @Test
    void the_head_of_a_stream_ends() throws IOException {
        String head = "HEAD /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String next = "GET /v1/policies/phase4 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(BOUND_MILLIS);
            socket.getOutputStream().write((head + next).getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(2, answers.split("HTTP/1.1 200 OK", -1).length - 1, answers);
        }
    }
}
