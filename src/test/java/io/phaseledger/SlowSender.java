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
        SlowSender sender = inTheHead(service, path);
        sender.send("Content-Type: application/x-ndjson\r\nContent-Length: " + length + "\r\n\r\n");
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

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
