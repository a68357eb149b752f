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

/** What is refused before it is routed, by the server beneath or in a problem document. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class RequestLimitsTest {

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
    @ValueSource(strings = {"/v1/policies/%zz", "/v1/policies/a|b", "/v1/policies/%", "/v1/completions?phase=%zz"})
    void a_url_that_is_none_is_refused(String target) throws IOException {
        assertEquals(400, get(target, "Host: localhost").status());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    */*                               | 200
                    TEXT/CSV                          | 200
                    ''                                | 200
                    , ,                               | 200
                    text/csv;q=0.9                    | 200
                    image/png, text/csv               | 200
                    image/png                         | 406
                    text csv                          | 406
                    """)
    void what_is_accepted_decides_on_the_answer(String accept, int status) throws IOException {
        assertEquals(
                status,
                get("/v1/completions?phase=none", "Host: localhost", "Accept: " + accept)
                        .status());
    }

    /** The framework would cut it off a path, and take it for an ampersand in a query. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/policies/phase4;x", "/v1/policies;x", "/v1/completions?phase=a;limit=1"})
    void a_semicolon_in_a_url_is_refused(String path) throws IOException {
        assertProblem(400, "malformed_request", get(path, "Host: localhost"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",",
                ";",
                ";;;",
                "\"",
                "*/*;q=x",
                "*/*;q=2",
                "*/*;q=",
                "a/",
                "/",
                "*",
                "text/html, *; q=.2, */*; q=.2",
                "a/b;c=\"d,\\\"\";e=f,"
            })
    void what_is_accepted_may_be_no_media_type(String accept) throws IOException {
        for (String path : List.of("/v1/policies", "/v1/completions?phase=none", "/nowhere")) {
            int status = get(path, "Host: localhost", "Accept: " + accept).status();
            assertTrue(List.of(200, 404, 406).contains(status), () -> accept + " " + status);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Host:", "Host: a b", "Host: [::1", "Host: localhost:99999", "Host: a/b", "Host: localhost"})
    void http_1_0_needs_no_host(String host) throws IOException {
        assertEquals(200, old("/v1/policies", host).status());
        RawAnswer nowhere = old("/v1/policies/nowhere", host);
        assertEquals(404, nowhere.status(), nowhere::toString);
        assertTrue(nowhere.body().contains("\"instance\":\"/v1/policies/nowhere\""), nowhere::body);
        assertEquals(404, old("/nowhere", host).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: a b"})
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
    void a_line_or_headers_that_are_too_long_are_refused() throws IOException {
        String long8 = "x".repeat(8_000);
        String long16 = "x".repeat(16_000);
        assertEquals(
                414,
                get("/v1/completions?correlation_id=x" + long8 + long8, "Host: localhost")
                        .status());
        assertEquals(
                431,
                get("/v1/completions", "Host: localhost", "X-Long: xxx" + long16 + long8)
                        .status());
        assertEquals(
                200,
                get("/v1/completions?correlation_id=" + long8, "Host: localhost")
                        .status());
        assertEquals(
                200, get("/v1/policies", "Host: localhost", "X-Long: " + long16).status());
    }

    @Test
    void a_request_without_a_host_is_a_problem() throws IOException {
        assertProblem(400, "malformed_request", get("/v1/policies", "X: y"));
        assertProblem(400, "malformed_request", get("/v1/policies", "Host: a b<>"));
    }
}
