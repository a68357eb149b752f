package io.phaseledger.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.RawAnswer;
import io.phaseledger.RawHttp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request ends is never a matter of opinion: one that two servers could read differently is the last of its connection. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class FramingTest {

    private static final String NEXT = "GET /v1/policies HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    /** What a server that goes by the length takes for a body, and one that goes by chunks for the end of it. */
    private static final String NO_CHUNKS = "0\r\n\r\n";

    private static List<RawAnswer> send(String requests) throws IOException {
        return new RawHttp(RestAssured.port).send(requests.getBytes(ISO_8859_1));
    }

    private static String head(String start, String... headers) {
        return start + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private static List<Integer> statuses(List<RawAnswer> answers) {
        return answers.stream().map(RawAnswer::status).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5\r\nContent-Length: 5",
                "Content-Length: 5, 6",
                "Content-Length: +5",
                "Content-Length: 5a",
                "Content-Length : 5",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, gzip",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: \"chunked\"",
                "Content-Length: 5\r\nTransfer-Encoding: identity",
                "Content-Length: 5\r\nTransfer-Encoding: xchunked",
                "X: 1\r\nno colon"
            })
    void a_body_whose_end_is_in_doubt_is_refused_and_what_follows_it_is_not_read(String headers) throws IOException {
        String request = head("POST /v1/completions HTTP/1.1", "Host: localhost", headers) + NO_CHUNKS;
        assertEquals(List.of(400), statuses(send(request + NEXT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Transfer-Encoding: chunked\r\nContent-Length: 40"
            })
    void after_a_body_with_a_length_and_chunks_what_follows_is_not_read(String headers) throws IOException {
        String request =
                head("POST /v1/completions HTTP/1.1", "Host: localhost", "Content-Type: application/json", headers);
        assertEquals(1, send(request + NO_CHUNKS + NEXT).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked", "Content-Length: 5\r\nTransfer-Encoding: chunked"})
    void an_old_request_has_no_chunks(String headers) throws IOException {
        String request = head("POST /v1/completions HTTP/1.0", "Connection: keep-alive", headers) + NO_CHUNKS;
        assertEquals(List.of(400), statuses(send(request + NEXT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost\r\nHost: 127.0.0.1",
                "Host: localhost\r\nHost: localhost",
                "Host: localhost\r\nhost: localhost",
                "Host : x",
                "X: y"
            })
    void a_host_is_named_once(String headers) throws IOException {
        List<RawAnswer> answers = send(head("GET /v1/policies HTTP/1.1", headers, "Connection: close"));
        assertEquals(List.of(400), statuses(answers));
    }

    @Test
    void two_hosts_are_a_problem() throws IOException {
        RawAnswer answer = send(head(
                        "GET /v1/policies HTTP/1.1", "Host: localhost", "Host: 127.0.0.1", "Connection: close"))
                .get(0);
        assertEquals("application/problem+json", answer.mediaType());
        assertTrue(answer.body().contains("\"code\":\"malformed_request\""), answer::body);
    }

    @Test
    void a_folded_header_is_one_line() throws IOException {
        String folded = head("GET /v1/policies HTTP/1.1", "Host: localhost", "X-Folded: a", " b", "\tc");
        assertEquals(List.of(200, 200), statuses(send(folded + NEXT)));
    }

    @Test
    void an_upgrade_to_http_2_is_answered_in_http_1() throws IOException {
        String upgrade = head(
                "GET /v1/policies HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAAP__");
        assertEquals(List.of(200, 200), statuses(send(upgrade + NEXT)));
    }

    @Test
    void http_2_is_not_spoken() throws IOException {
        assertTrue(ContinuationFlood.isCutOff());
    }
}
