package io.phaseledger.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** HTTP/2, where it is asked for. */
@Tag("proof")
@QuarkusTest
@TestProfile(HttpTwoTest.Spoken.class)
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class HttpTwoTest {

    /** With HTTP/2, and little patience with heads. */
    public static final class Spoken implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "phase-ledger.connections.head-patience", "1s",
                    "quarkus.http.http2", "true",
                    "quarkus.http.test-port", "0");
        }
    }

    private static final Duration SOON = Duration.ofSeconds(10);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path));
    }

    private static void assertAnswered(int status, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
        assertEquals(status, answer.statusCode(), answer::body);
        assertEquals(HttpClient.Version.HTTP_2, answer.version());
    }

    @Test
    void it_is_spoken() throws Exception {
        assertAnswered(200, to("/v1/policies"));
        assertAnswered(
                201,
                to("/v1/completions").header("Content-Type", "application/json").POST(BodyPublishers.ofString("""
                        {"phase": "two", "game_date": "2026-02-02", "processor_name": "p", "status": "success"}""")));
        assertAnswered(404, to("/v1/nowhere"));
    }

    @Test
    void headers_without_end_are_cut_off() throws IOException {
        assertTrue(ContinuationFlood.isCutOff());
    }

    @Test
    void a_head_of_http_1_that_trickles_is_cut_off() throws IOException {
        try (RawConnection silent = RawConnection.open();
                RawConnection preface = RawConnection.open().send("PRI * HTTP");
                RawConnection first = RawConnection.open().send("GET /v1/policies HTTP/1.1\r\nHost: localhost\r\nX: ");
                RawConnection second = RawConnection.open()) {
            second.send("GET /v1/policies HTTP/1.1\r\nHost: localhost\r\n\r\n").receive();
            assertTrue(first.dripUntilClosed().compareTo(SOON) < 0);
            assertTrue(second.dripUntilClosed().compareTo(SOON) < 0);
            assertTrue(preface.isClosed());
            assertTrue(silent.isClosed());
        }
    }
}
