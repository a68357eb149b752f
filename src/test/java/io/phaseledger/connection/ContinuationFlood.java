package io.phaseledger.connection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Headers of HTTP/2 that go on and on, in frames without a byte in them. */
final class ContinuationFlood {

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int CONTINUATION = 9;

    private static final int FRAMES_AT_ONCE = 8_000;
    private static final int MOST_FRAMES = 4_000_000;

    private ContinuationFlood() {}

    /** Whether the server cut the connection off, and did not take every frame. */
    static boolean isCutOff() throws IOException {
        try (RawConnection connection = RawConnection.open()) {
            connection.send(PREFACE.getBytes(StandardCharsets.US_ASCII));
            connection.send(frame(SETTINGS, 0));
            connection.send(frame(HEADERS, 1));
            byte[] more = frames(FRAMES_AT_ONCE);
            for (int sent = 0; sent < MOST_FRAMES; sent += FRAMES_AT_ONCE) {
                connection.send(more);
            }
            return false;
        } catch (IOException cutOff) {
            return true;
        }
    }

    private static byte[] frames(int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(frame(CONTINUATION, 1));
        }
        return all.toByteArray();
    }

    /** Of no length and without flags, so that headers do not end with it. */
    private static byte[] frame(int type, int stream) {
        return new byte[] {0, 0, 0, (byte) type, 0, 0, 0, 0, (byte) stream};
    }
}
