package io.phaseledger.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;
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
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How bodies come: whole, in chunks, compressed; to methods that may wait, that may not, and that stream. */
@QuarkusTest
@TestProfile(SmallBodies.class)
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class BodiesTest {

    /** Read on the event loop, by its bytes on a worker, and as a stream. */
    private static final List<String> PATHS = List.of("/v1/completions", "/sample", "/v1/completions/import");

    /** More than the framework holds before it goes to a thread that may wait. */
    private static final String LONG = "{\"phase\":\"" + "x".repeat(SmallBodies.MAX_BODY - 2_000) + "\"}";

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
        String tooLong = "x".repeat(SmallBodies.MAX_BODY + 1);
        byte[] bomb = gzip("x".repeat(100 * SmallBodies.MAX_BODY));
        assertTrue(bomb.length < SmallBodies.MAX_BODY);
        for (RawRequest request : List.of(
                post(path).withBody(tooLong.getBytes(ISO_8859_1)),
                chunked(path, tooLong),
                post(path).with("Content-Encoding", "gzip").withBody(bomb))) {
            RawAnswer answer = send(request);
            assertEquals(413, answer.status(), answer::body);
            assertTrue(answer.body().contains("\"max_bytes\":" + SmallBodies.MAX_BODY), answer::body);
        }
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
        send(post("/v1/completions").with("Content-Length", Integer.toString(SmallBodies.MAX_BODY + 1)));
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
        byte[] body = "x".repeat(2 * SmallBodies.MAX_BODY).getBytes(ISO_8859_1);
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
}
