package io.phaseledger.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.EmbeddedDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body that is read at once has two seconds here, and each MiB of an import has them. */
@QuarkusTest
@Tag("proof")
@TestProfile(SmallBodies.class)
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class SlowBodyTest {

    private static final Duration SOON = Duration.ofSeconds(9);
    private static final int MOMENT_MILLIS = 100;
    private static final int MIB = 1 << 20;

    private static Socket post(String path, String framing) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        socket.setSoTimeout(MOMENT_MILLIS);
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + framing;
        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
        return socket;
    }

    /** What comes until the connection is closed; a byte is sent each moment before that. */
    private static String drip(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] part = new byte[1 << 14];
        for (long end = System.nanoTime() + SOON.toNanos(); System.nanoTime() < end; ) {
            try {
                int read = socket.getInputStream().read(part);
                if (read < 0) {
                    return answer.toString();
                }
                answer.append(new String(part, 0, read, ISO_8859_1));
            } catch (SocketTimeoutException nothingYet) {
                send(socket, new byte[] {' '});
            } catch (SocketException closed) {
                return answer.toString();
            }
        }
        return "still open: " + answer;
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
        } catch (IOException closed) {
            // What it said before that is still to be read.
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/completions, Content-Length: 10000",
        "/v1/completions, Transfer-Encoding: chunked",
        "/v1/completions/batch, Content-Length: 10000",
        "/sample, Content-Length: 10000",
        "/v1/completions/import, Content-Length: 10000",
        "/v1/completions/import, Transfer-Encoding: chunked",
        "/v1/slates/import, Content-Length: 10000",
    })
    void a_body_that_trickles_is_ended(String path, String framing) throws IOException {
        String start = framing + "\r\n\r\n" + (framing.endsWith("chunked") ? "ffff\r\n" : "");
        try (Socket socket = post(path, start)) {
            String answer = drip(socket);
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
            assertTrue(answer.contains("\"code\":\"body_too_slow\""), answer);
        }
    }

    @Test
    void an_import_may_take_longer_as_long_as_each_part_comes_in_time() throws IOException {
        int parts = 5;
        byte[] part = new byte[MIB];
        Arrays.fill(part, (byte) ' ');
        try (Socket socket = post("/sample/streamed", "Content-Length: " + parts * MIB + "\r\n\r\n")) {
            for (int i = 0; i < parts; i++) {
                assertEquals("", waited(socket, 7));
                send(socket, part);
            }
            String answer = waited(socket, 50);
            assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("\r\n" + parts * MIB), answer);
        }
    }

    /** What comes in so many moments at most. */
    private static String waited(Socket socket, int moments) throws IOException {
        byte[] answer = new byte[1 << 14];
        for (int i = 0; i < moments; i++) {
            try {
                return new String(answer, 0, Math.max(0, socket.getInputStream().read(answer)), ISO_8859_1);
            } catch (SocketTimeoutException nothingYet) {
                // On for another moment.
            }
        }
        return "";
    }
}
