package io.phaseledger.stream;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.Metrics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who has nothing to be told hears that the stream is there; who takes nothing is dropped, and may come again. */
@Tag("proof")
@QuarkusTest
@TestProfile(ShortTempered.class)
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class SlowListenerTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    /** Together more than sockets hold. */
    private static final int ROWS = 60;

    private static final String LARGE = "x".repeat(200_000);

    private static String url(String query) {
        return RestAssured.baseURI + ":" + RestAssured.port + "/v1/events" + query;
    }

    private static long complete(String phase, String metadata) {
        return given().contentType("application/json")
                .body("""
                        {"phase": "%s", "game_date": "2031-09-01", "processor_name": "told", "status": "success",
                         "metadata": {"text": "%s"}}""".formatted(phase, metadata))
                .post("/v1/completions")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("position");
    }

    private static double streams() {
        return Metrics.now().gauge("phase_ledger_streams");
    }

    @Test
    void a_sign_of_life_says_how_far_all_was_told() throws Exception {
        try (Listener listener = Listener.to(url("?phase=nobody"), "")) {
            await().atMost(BOUND).until(() -> listener.signs() >= 2);
            long position = complete("somebody", "");
            await().atMost(BOUND).until(() -> Long.parseLong(listener.lastId()) >= position);
            assertTrue(listener.events().isEmpty());
        }
        await().atMost(BOUND).until(() -> streams() == 0);
    }

    @Test
    void who_takes_nothing_is_dropped_and_is_told_all_when_it_comes_again() throws Exception {
        String phase = "s" + UUID.randomUUID().toString().replace("-", "");
        long before = complete(phase, "") - 1;
        for (int i = 1; i < ROWS; i++) {
            complete(phase, LARGE);
        }
        String path = "/v1/events?after=" + before + "&phase=" + phase;
        try (Socket still = standStill(path);
                Listener other = Listener.to(url("?phase=nobody"), "")) {
            await().atMost(BOUND).until(() -> streams() == 2);
            given().get("/v1/events").then().statusCode(503).body("code", equalTo("overloaded"));
            await().atMost(BOUND).until(() -> streams() == 1);
            assertTrue(!other.isEnded());
            assertTrue(still.isConnected());
        }
        try (Listener again = Listener.to(url("?phase=" + phase), Long.toString(before))) {
            await().atMost(BOUND).until(() -> again.events().size() == ROWS);
            assertEquals(
                    ROWS,
                    again.events().stream().map(Listener.Event::id).distinct().count());
        }
    }

    /** Asks, and reads nothing. */
    private static Socket standStill(String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1 << 12);
        socket.connect(new InetSocketAddress("localhost", RestAssured.port));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
