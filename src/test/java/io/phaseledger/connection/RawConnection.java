package io.phaseledger.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A connection that a test sends bytes on as it pleases. */
final class RawConnection implements AutoCloseable {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final int ENOUGH = 1 << 16;

    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    static RawConnection open() throws IOException {
        return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), RestAssured.port));
    }

    RawConnection send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** What comes next, which is the whole of a short answer. */
    String receive() throws IOException {
        socket.setSoTimeout((int) BOUND.toMillis());
        byte[] received = new byte[ENOUGH];
        int length = socket.getInputStream().read(received);
        return length < 0 ? "" : new String(received, 0, length, ISO_8859_1);
    }

    /** Whether the server closes it within half a minute, whatever it says before that. */
    boolean isClosed() throws IOException {
        socket.setSoTimeout((int) BOUND.toMillis());
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Sends a byte every moment until the server has closed it; says how long that took. */
    Duration dripUntilClosed() throws IOException {
        socket.setSoTimeout((int) MOMENT.toMillis());
        long start = System.nanoTime();
        while (sinceNanos(start).compareTo(BOUND) < 0) {
            try {
                send("x");
                if (socket.getInputStream().read() < 0) {
                    return sinceNanos(start);
                }
            } catch (SocketTimeoutException notYet) {
                // On with the next byte.
            } catch (IOException closed) {
                return sinceNanos(start);
            }
        }
        return BOUND;
    }

    private static Duration sinceNanos(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
