package io.phaseledger.policy;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy leads to others that exist, to few enough to be judged, and never back to itself, now or later. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class UpstreamsTest {

    private static final String SOON = "2198-01-01T00:00:00Z";
    private static final String LATER = "2199-01-01T00:00:00Z";

    private static String name() {
        return "u" + UUID.randomUUID().toString().replace("-", "");
    }

    private static String definition(String more, String... upstreams) {
        String links =
                Arrays.stream(upstreams).map("{\"policy\":\"%s\"}"::formatted).collect(Collectors.joining(","));
        return "{\"time_zone\":\"UTC\",\"requirements\":[],\"upstream\":[" + links + "]" + more + "}";
    }

    private static ValidatableResponse send(String method, String path, String body) {
        return given().contentType("application/json")
                .body(body)
                .request(method, path)
                .then();
    }

    private static ValidatableResponse put(String name, String... upstreams) {
        return send("PUT", "/v1/policies/" + name, definition("", upstreams));
    }

    private static ValidatableResponse putFrom(String effectiveFrom, String name, String... upstreams) {
        return send(
                "PUT", "/v1/policies/" + name, definition(",\"effective_from\":\"" + effectiveFrom + "\"", upstreams));
    }

    private static void assertRefused(ValidatableResponse answer, String code, String pointer) {
        answer.statusCode(422).body("errors[0].code", equalTo(code)).body("errors[0].pointer", equalTo(pointer));
    }

    @Test
    void what_leads_back_through_others_is_refused() {
        String first = name();
        String second = name();
        String third = name();
        put(first).statusCode(201);
        put(second, first).statusCode(201);
        put(third, "phase3", second).statusCode(201);
        assertRefused(put(first, third), "upstream_cycle", "/upstream/0/policy");
        assertRefused(put(first, "phase3", first), "upstream_cycle", "/upstream/1/policy");
        put(first, "phase3").statusCode(201);
    }

    @Test
    void what_will_lead_back_is_refused() {
        String first = name();
        String second = name();
        put(first).statusCode(201);
        put(second).statusCode(201);
        putFrom(SOON, second, first).statusCode(201);
        assertRefused(putFrom(LATER, first, second), "upstream_cycle", "/upstream/0/policy");
        assertRefused(put(first, second), "upstream_cycle", "/upstream/0/policy");
    }

    @Test
    void what_will_not_lead_back_any_more_is_not_refused() {
        String first = name();
        String second = name();
        put(first).statusCode(201);
        put(second, first).statusCode(201);
        putFrom(SOON, second).statusCode(201);
        assertRefused(put(first, second), "upstream_cycle", "/upstream/0/policy");
        putFrom(LATER, first, second).statusCode(201);
    }

    @ParameterizedTest
    @CsvSource({"PUT, /v1/policies/another, ''", "POST, /v1/readiness/evaluate, /policy"})
    void what_does_not_exist_or_comes_twice_is_refused(String method, String path, String under) {
        String question = method.equals("PUT") ? "%s" : "{\"policy\":%s,\"game_date\":\"2026-02-02\"}";
        assertRefused(
                send(method, path, question.formatted(definition("", "phase3", "fase4")))
                        .body("errors[0].detail", endsWith("did you mean `phase4`?")),
                "unknown_policy",
                under + "/upstream/1/policy");
        assertRefused(
                send(method, path, question.formatted(definition("", "phase3", "phase3"))),
                "duplicate_upstream",
                under + "/upstream/1/policy");
    }

    @Test
    void only_so_many_are_led_to() {
        String chain = name();
        put(chain + 0).statusCode(201);
        for (int each = 1; each <= UpstreamGraph.MAX_REACHABLE; each++) {
            put(chain + each, chain + (each - 1)).statusCode(201);
        }
        String last = chain + UpstreamGraph.MAX_REACHABLE;
        assertRefused(put(name(), last), "too_many_upstreams", "/upstream");
        assertRefused(
                send(
                        "POST",
                        "/v1/readiness/evaluate",
                        "{\"policy\":" + definition("", last) + ",\"game_date\":\"2026-02-02\"}"),
                "too_many_upstreams",
                "/policy/upstream");
    }
}
