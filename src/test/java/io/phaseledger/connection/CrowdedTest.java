package io.phaseledger.connection;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.phaseledger.stream.Listener;
import io.phaseledger.stream.ShortTempered;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A crowd of connections that ask nothing, or never finish asking, keeps no caller out and harms no request. */
@Tag("proof")
@QuarkusTest
@TestProfile(ShortTempered.class)
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class CrowdedTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    /** Longer than a head may take. */
    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private static final String PROBE = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String BODY = """
            {"phase": "crowded", "game_date": "2026-02-02", "processor_name": "p", "status": "success"}""";
    private static final String UPLOAD =
            "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nContent-Length: " + BODY.length() + "\r\n\r\n";

    private final List<RawConnection> crowd = new ArrayList<>();

    @AfterEach
    void leave() throws IOException {
        for (RawConnection each : crowd) {
            each.close();
        }
    }

    private RawConnection connect() throws IOException {
        RawConnection connection = RawConnection.open();
        crowd.add(connection);
        return connection;
    }

    /** One that has a request under way. */
    private RawConnection upload() throws IOException {
        RawConnection upload = connect();
        String goOn = upload.send(UPLOAD).receive();
        assertTrue(goOn.startsWith("HTTP/1.1 100 "), goOn);
        return upload;
    }

    private static void assertRecords(RawConnection upload) throws IOException {
        String answer = upload.send(BODY).receive();
        assertTrue(answer.startsWith("HTTP/1.1 20"), answer);
    }

    private static void assertAnswers(RawConnection connection) throws IOException {
        String answer = connection.send(PROBE).receive();
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }

    @Test
    void a_head_that_trickles_is_cut_off() throws IOException {
        RawConnection silent = connect();
        RawConnection later = connect();
        assertAnswers(later);
        RawConnection pipelined = connect().send(PROBE + "GET /");
        assertTrue(connect().send("G").dripUntilClosed().compareTo(SOON) < 0);
        assertTrue(connect()
                        .send("GET / HTTP/1.1\r\nHost: localhost\r\n")
                        .dripUntilClosed()
                        .compareTo(SOON)
                < 0);
        assertTrue(later.send("GET / HTTP/1.1\r\nX: ").dripUntilClosed().compareTo(SOON) < 0);
        assertTrue(pipelined.dripUntilClosed().compareTo(SOON) < 0);
        assertTrue(silent.isClosed());
    }

    @Test
    void what_is_under_way_and_what_is_between_two_requests_is_left_alone() throws Exception {
        RawConnection idle = connect();
        assertAnswers(idle);
        RawConnection upload = upload();
        try (Listener listener = Listener.to("http://localhost:" + RestAssured.port + "/v1/events?phase=none", "")) {
            await().pollDelay(A_WHILE).until(() -> !listener.isEnded());
        }
        assertAnswers(idle);
        assertRecords(upload);
    }

    @Test
    void one_more_takes_the_place_of_the_one_that_waits_longest() throws IOException {
        RawConnection upload = upload();
        RawConnection longest = connect();
        assertAnswers(longest);
        for (int more = 2; more < ShortTempered.CONNECTIONS; more++) {
            assertAnswers(connect());
        }
        RawConnection newest = connect();
        assertAnswers(newest);
        assertTrue(longest.isClosed());
        assertAnswers(newest);
        assertRecords(upload);
    }

    @Test
    void where_each_has_a_request_under_way_one_more_is_closed() throws IOException {
        for (int i = 0; i < ShortTempered.CONNECTIONS; i++) {
            upload();
        }
        try (RawConnection more = RawConnection.open()) {
            assertTrue(more.isClosed());
        }
        assertRecords(crowd.get(0));
        assertAnswers(connect());
    }
}
