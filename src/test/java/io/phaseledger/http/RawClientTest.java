package io.phaseledger.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.Metrics;
import io.phaseledger.RawAnswer;
import io.phaseledger.RawHttp;
import io.phaseledger.RawRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client may send that no library sends: URLs and headers that are none, and bodies that come whole, in chunks or
 * compressed, to methods that may wait, that may not, and that stream.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class RawClientTest {

    /** Read on the event loop, by its bytes on a worker, and as a stream. */
    private static final List<String> PATHS = List.of("/v1/completions", "/sample", "/v1/completions/import");

    /** More than the framework holds before it goes to a thread that may wait. */
    private static final String LONG = "{\"phase\":\"" + "x".repeat(18_000) + "\"}";

    /** The largest body that is read at once. */
    private static final int MAX_BODY = 16 << 20;

    private static final int BOMB = 24 << 20;

    private static final int MORE_THAN_SOCKETS_HOLD = 32 << 20;

    private static RawAnswer send(RawRequest request) throws IOException {
        return new RawHttp(RestAssured.port).send(request.bytes()).get(0);
    }

    private static RawRequest post(String path) {
        return RawRequest.of("POST", path).with("Content-Type", "application/json");
    }

    private static RawRequest chunked(String path, String body) {
        String chunks = body.replaceAll("(?s).{1,1000}", "@$0");
        StringBuilder sent = new StringBuilder();
        for (String part : Arrays.asList(chunks.substring(1).split("@", -1))) {
            sent.append(Integer.toHexString(part.length()))
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        return post(path).with("Transfer-Encoding", "chunked").withBytes((sent + "0\r\n\r\n").getBytes(ISO_8859_1));
    }

    private static byte[] gzip(String body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body.getBytes(ISO_8859_1));
        }
        return packed.toByteArray();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static void assertSame(RawAnswer expected, RawAnswer answer) {
        assertEquals(expected.status(), answer.status(), answer::body);
        assertEquals(expected.body(), answer.body());
    }

    @Test
    void a_body_in_chunks_or_compressed_is_read_as_a_whole_one_is() throws IOException {
        for (String path : PATHS) {
            for (String body : List.of("{}", "{\"x\":", LONG)) {
                RawAnswer whole = send(post(path).withBody(body.getBytes(ISO_8859_1)));
                assertTrue(whole.status() < 500, whole::body);
                assertSame(whole, send(chunked(path, body)));
                assertSame(
                        whole, send(post(path).with("Content-Encoding", "gzip").withBody(gzip(body))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/completions", "/sample"})
    void a_body_that_is_too_long_is_refused_however_it_comes(String path) throws IOException {
        String tooLong = IntStream.rangeClosed(0, MAX_BODY / 7)
                .mapToObj(i -> Integer.toString(1_000_000 + i)) // Hardly smaller by gzip.
                .collect(Collectors.joining());
        for (RawRequest request : List.of(
                post(path).withBody(tooLong.getBytes(ISO_8859_1)),
                chunked(path, tooLong),
                post(path).with("Content-Encoding", "gzip").withBody(gzip(tooLong)))) {
            RawAnswer answer = send(request);
            assertEquals(413, answer.status(), answer::body);
            assertTrue(answer.body().contains("\"max_bytes\":" + MAX_BODY), answer::body);
        }
    }

    @Test
    void a_body_of_the_largest_size_is_read_and_a_larger_one_is_streamed() throws IOException {
        byte[] largest = "x".repeat(MAX_BODY).getBytes(ISO_8859_1);
        RawAnswer read = send(post("/sample").withBody(largest));
        assertTrue(read.body().contains("\"malformed_json\""), read::body);
        byte[] larger = Arrays.copyOf(largest, MAX_BODY + 1);
        assertEquals(
                Integer.toString(MAX_BODY + 1),
                send(post("/sample/streamed").withBody(larger)).body());
    }

    /** A method that streams has no bound of its own, so that a kilobyte could keep it busy for a second. */
    @Test
    void what_becomes_a_hundred_times_as_large_is_refused_where_it_is_streamed_too() throws IOException {
        byte[] bomb = gzip(" ".repeat(BOMB));
        assertTrue(bomb.length < BOMB / 900);
        for (String path : List.of("/sample/streamed", "/v1/completions/import", "/v1/slates/import")) {
            RawAnswer answer = send(post(path).with("Content-Encoding", "gzip").withBody(bomb));
            assertEquals(413, answer.status(), answer::toString);
            assertTrue(answer.body().contains("\"code\":\"body_too_large\""), answer::body);
            assertTrue(answer.body().contains("\"max_inflation\":100"), answer::body);
        }
    }

    @Test
    void what_gzip_makes_of_reports_is_taken_whatever_its_length() throws IOException {
        String reports = IntStream.range(0, 150_000)
                .mapToObj(i -> """
                        {"phase":"phase4","game_date":"2026-02-02","processor_name":"player_daily_cache","status":"success",\
                        "execution_id":"run-%d","record_count":%d}
                        """.formatted(i, i % 500))
                .collect(Collectors.joining());
        assertTrue(reports.length() > 16 << 20);
        RawAnswer answer =
                send(post("/sample/streamed").with("Content-Encoding", "gzip").withBody(gzip(reports)));
        assertEquals(200, answer.status(), answer::toString);
        assertEquals(Integer.toString(reports.length()), answer.body());
    }

    @Test
    void what_is_compressed_in_parts_is_read_to_the_end() throws IOException {
        for (String path : PATHS) {
            RawAnswer whole = send(post(path).withBody("{\"x\":1}".getBytes(ISO_8859_1)));
            byte[] parts = joined(joined(gzip("{\"x\""), gzip("")), gzip(":1}"));
            assertSame(whole, send(post(path).with("Content-Encoding", "gzip").withBody(parts)));
        }
    }

    @Test
    void what_is_no_gzip_or_cut_off_is_refused() throws IOException {
        byte[] packed = gzip(LONG);
        for (String path : PATHS) {
            for (byte[] body : List.of(
                    "{}".getBytes(ISO_8859_1),
                    Arrays.copyOf(packed, packed.length - 4),
                    joined(packed, "{}".getBytes(ISO_8859_1)),
                    joined(packed, Arrays.copyOf(packed, 1)),
                    joined(packed, Arrays.copyOf(packed, 9)),
                    joined(packed, new byte[] {0}))) {
                RawAnswer answer =
                        send(post(path).with("Content-Encoding", "gzip").withBody(body));
                assertEquals(400, answer.status(), answer::body);
                assertTrue(answer.body().contains("\"malformed_encoding\""), answer::body);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "gzip, gzip", "x"})
    void another_coding_is_told_those_that_are_read(String coding) throws IOException {
        RawAnswer answer = send(post("/sample").with("Content-Encoding", coding).withBody(gzip("{}")));
        assertEquals(415, answer.status());
        assertTrue(answer.body().contains("\"unsupported_encoding\""), answer::body);
        assertEquals("gzip, identity", answer.headers().get("accept-encoding"));
    }

    @Test
    void what_is_too_long_is_counted_like_other_refusals() throws IOException {
        String refused = "phase_ledger_requests_refused_total{code=\"body_too_large\",status=\"413\"}";
        double before = Metrics.now().count(refused);
        byte[] tooLong = new byte[MAX_BODY + 1];
        assertEquals(413, send(post("/v1/completions").withBody(tooLong)).status());
        await().atMost(Duration.ofSeconds(30)).until(() -> Metrics.now().count(refused) == before + 1);
    }

    @Test
    void a_content_type_that_says_nothing_is_none_that_is_read() throws IOException {
        for (String path : List.of("/v1/completions", "/v1/completions/batch", "/v1/completions/import", "/sample")) {
            RawRequest blank =
                    RawRequest.of("POST", path).with("Content-Type", "").withBody(new byte[] {'[', ']'});
            RawAnswer answer = send(blank);
            assertEquals(415, answer.status());
            assertTrue(answer.body().contains("A body without a Content-Type is not read here"), answer::body);
            assertTrue(String.valueOf(answer.headers().get("accept")).contains("application/json"));
        }
    }

    @Test
    void a_method_that_reads_no_body_does_not_mind_one() throws IOException {
        byte[] body = "x".repeat(40_000).getBytes(ISO_8859_1);
        assertEquals(
                200, send(RawRequest.of("GET", "/v1/policies").withBody(body)).status());
    }

    /** As many clients do; one that is refused early must not wait for ever for somebody to take the rest. */
    @Test
    void who_reads_nothing_before_all_is_sent_is_answered_too() throws IOException {
        RawRequest request = post("/v1/completions/import?x=1").withBody(new byte[MORE_THAN_SOCKETS_HOLD]);
        RawAnswer answer = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> send(request));
        assertEquals(400, answer.status(), answer::body);
    }

    private static RawAnswer get(String target, String... headers) throws IOException {
        String lines = String.join("\r\n", headers);
        String request = "GET " + target + " HTTP/1.1\r\nConnection: close\r\n" + lines + "\r\n\r\n";
        return new RawHttp(RestAssured.port).send(request.getBytes(ISO_8859_1)).get(0);
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
        return new RawHttp(RestAssured.port).send(request.getBytes(ISO_8859_1)).get(0);
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

    @Test
    void the_head_of_a_stream_ends() throws IOException {
        String head = "HEAD /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String next = "GET /v1/policies/phase4 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write((head + next).getBytes(ISO_8859_1));
            String answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertEquals(2, answers.split("HTTP/1.1 200 OK", -1).length - 1, answers);
        }
    }
}
