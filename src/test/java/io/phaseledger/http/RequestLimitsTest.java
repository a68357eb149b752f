package io.phaseledger.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.RawAnswer;
import io.phaseledger.RawHttp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before it is routed is refused in a problem document too. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class EntranceTest {

    private static RawAnswer get(String target, String... headers) throws IOException {
        String lines = String.join("\r\n", headers);
        String request = "GET " + target + " HTTP/1.1\r\nConnection: close\r\n" + lines + "\r\n\r\n";
        return new RawHttp(RestAssured.port)
                .send(request.getBytes(StandardCharsets.ISO_8859_1))
                .get(0);
    }

    private static void assertProblem(int status, String code, RawAnswer answer) {
        assertEquals(status, answer.status(), answer::body);
        assertEquals("application/problem+json", answer.mediaType());
        assertTrue(answer.body().contains("\"code\":\"" + code + "\""), answer::body);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/policies/%zz,                       ''",
        "/v1/policies/a|b,                       ''",
        "/v1/policies/%,                         ''",
        "/v1/completions?phase=%zz,              phase",
        "/v1/completions?limit=1&phase={x}&a=b,  phase",
        "/v1/completions?limit=1&%zz,            %zz",
        "/v1/completions?phase=a;limit=1,        phase",
        "/v1/policies/phase4;v=1,                ''",
        "/v1/policies;a/phase4,                  ''",
        "/v1/policies/ph\u00e4se,               ''",
        "/v1/completions?limit=\u00d9\u00a3,   limit"
    })
    void a_url_that_is_none_names_the_parameter_that_is_wrong(String target, String parameter) throws IOException {
        RawAnswer answer = get(target, "Host: x");
        assertProblem(400, "malformed_url", answer);
        assertEquals(!parameter.isEmpty(), answer.body().contains("\"parameter\":\""), answer::body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                | application/json
                    ' '                               | application/json
                    ,                                 | application/json
                    */*                               | application/json
                    TEXT/CSV                          | text/csv
                    text/csv ; q=0.9                  | text/csv
                    image/png,, text/csv              | text/csv
                    text/csv;q=0, application/x-ndjson ; Q=0.001 | application/x-ndjson
                    text/csv;header="a,;b";q=1.000    | text/csv
                    """)
    void what_is_accepted_is_read_as_it_is_meant(String accept, String type) throws IOException {
        RawAnswer answer = get("/v1/completions?phase=none", "Host: x", "Accept: " + accept);
        assertEquals(200, answer.status(), answer::body);
        assertEquals(type, answer.mediaType());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*/*;q=0", "text/csv;q=0", "text/csv;q=0.000, application/json; q=0", "text csv", "\"", ";"})
    void what_is_not_accepted_is_not_answered(String accept) throws IOException {
        assertProblem(406, "not_acceptable", get("/v1/completions?phase=none", "Host: x", "Accept: " + accept));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"", "\"a", "\"\\a", "\\", "a,", "a;", "a/b;c=\"d,\\\"\";e=f,"})
    void what_is_accepted_may_be_long(String part) throws IOException {
        String accept = part.repeat(16_000 / part.length());
        assertProblem(406, "not_acceptable", get("/v1/completions?phase=none", "Host: x", "Accept: " + accept));
        assertProblem(406, "not_acceptable", get("/v1/policies", "Host: x", "Accept: x/y;z=\"" + accept));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "abc", "-1", "0.1234", "1.001", ""})
    void a_quality_that_is_none_is_refused(String quality) throws IOException {
        assertProblem(400, "malformed_request", get("/v1/policies", "Host: x", "Accept: */*;q=" + quality));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Host:", "Host: a b", "Host: [::1", "Host: x:99999", "Host: a/b", "Host: [v1.a]", "Host: x"})
    void http_1_0_needs_no_host(String host) throws IOException {
        assertEquals(200, old("/v1/policies", host).status());
        RawAnswer nowhere = old("/v1/policies/nowhere", host);
        assertEquals(404, nowhere.status(), nowhere::toString);
        assertTrue(nowhere.body().contains("\"instance\":\"/v1/policies/nowhere\""), nowhere::body);
        assertEquals(404, old("/nowhere", host).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: [v1.a]"})
    void a_page_leads_to_the_next_without_a_host(String host) throws IOException {
        String phase = "hostless" + host.length();
        for (String execution : List.of("1", "2")) {
            given().contentType("application/json")
                    .body("""
                            {"phase":"%s","game_date":"2026-02-02","processor_name":"p","status":"success",
                             "execution_id":"%s"}""".formatted(phase, execution))
                    .post("/v1/completions")
                    .then()
                    .statusCode(201);
        }
        RawAnswer page = old("/v1/completions?limit=1&phase=" + phase, host);
        assertEquals(200, page.status(), page::toString);
        String link = String.valueOf(page.headers().get("link")).replaceFirst("<(.*)>.*", "$1");
        given().urlEncodingEnabled(false).get(link).then().body("items.execution_id", contains("1"));
    }

    private static RawAnswer old(String target, String header) throws IOException {
        String request = "GET " + target + " HTTP/1.0\r\n" + (header.isEmpty() ? "" : header + "\r\n") + "\r\n";
        return new RawHttp(RestAssured.port)
                .send(request.getBytes(StandardCharsets.ISO_8859_1))
                .get(0);
    }

    @Test
    void a_url_or_headers_that_are_too_long_are_told_the_bound() throws IOException {
        assertProblem(414, "url_too_long", get("/v1/completions?correlation_id=" + "x".repeat(8_200), "Host: x"));
        assertProblem(431, "headers_too_long", get("/v1/completions", "Host: x", "X-Long: " + "x".repeat(16_400)));
        assertEquals(
                200,
                get("/v1/completions?correlation_id=" + "x".repeat(8_000), "Host: x")
                        .status());
        assertEquals(
                200,
                get("/v1/policies", "Host: x", "X-Long: " + "x".repeat(16_000)).status());
    }

    @Test
    void a_request_without_a_host_is_a_problem() throws IOException {
        assertProblem(400, "malformed_request", get("/v1/policies", "X: y"));
        assertProblem(400, "malformed_request", get("/v1/policies", "Host: a b<>"));
        assertProblem(404, "not_found", get("*", "Host: x"));
    }
}
