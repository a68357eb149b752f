package io.phaseledger;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client that sends headers and a body as it pleases. */
final class SlowSender implements AutoCloseable {

    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final int ENOUGH = 4096;

    private final Socket socket = new Socket();

    private SlowSender() {}

    static SlowSender to(PackagedService service, String path, int length) throws IOException {
        return to(service, path, "application/x-ndjson", "Content-Length: " + length);
    }

    /** One that has sent its headers, of which one says how long the body is, or that it comes in chunks. */
    static SlowSender to(PackagedService service, String path, String type, String framing) throws IOException {
        SlowSender sender = inTheHead(service, path);
        String firstChunk = framing.endsWith("chunked") ? "ffff\r\n" : "";
        sender.send("Content-Type: " + type + "\r\n" + framing + "\r\n\r\n" + firstChunk);
        return sender;
    }

    /** One whose headers have only begun. */
    static SlowSender inTheHead(PackagedService service, String path) throws IOException {
        URI url = URI.create(service.url());
        SlowSender sender = new SlowSender();
        sender.socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
        sender.send("POST " + path + " HTTP/1.1\r\nHost: " + url.getHost() + "\r\n");
        return sender;
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends blank after blank until there is an answer, and returns it; empty if the connection is closed instead. */
    String dripUntilAnswered() throws IOException {
        socket.setSoTimeout((int) MOMENT.toMillis());
        byte[] answer = new byte[ENOUGH];
        while (true) {
            try {
                send(" ");
                int read = socket.getInputStream().read(answer);
                return read < 0 ? "" : new String(answer, 0, read, StandardCharsets.UTF_8);
            } catch (SocketTimeoutException notYet) {
                // On with the next.
            } catch (IOException closed) {
                return "";
            }
        }
    }

    /** What comes in this time; empty where nothing does. */
    String receivedWithin(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        byte[] answer = new byte[ENOUGH];
        try {
            int read = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, read), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException nothing) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
