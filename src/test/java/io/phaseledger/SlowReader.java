package io.phaseledger;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that asks for much and reads little. */
final class SlowReader implements AutoCloseable {

    /** What ends a body in chunks; without it, it broke off. */
    private static final String LAST_CHUNK = "0\r\n\r\n";

    private static final int LITTLE = 1000;
    private static final int RECEIVE_BUFFER = 8192;

    private final Socket socket = new Socket();

    private SlowReader() {}

    static SlowReader of(PackagedService service, String path, String type) throws IOException {
        URI url = URI.create(service.url());
        SlowReader reader = new SlowReader();
        reader.socket.setReceiveBufferSize(RECEIVE_BUFFER);
        reader.socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + url.getHost() + "\r\nAccept: " + type + "\r\n\r\n";
        reader.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return reader;
    }

    void readSome() throws IOException {
        byte[] some = socket.getInputStream().readNBytes(LITTLE);
        if (!new String(some, StandardCharsets.UTF_8).startsWith("HTTP/1.1 200 ")) {
            throw new AssertionError(new String(some, StandardCharsets.UTF_8));
        }
    }

    /** Whether all comes that was announced, and not only what was on its way. */
    boolean readsToTheEnd() throws IOException {
        InputStream in = socket.getInputStream();
        String end = "";
        try {
            for (byte[] some = in.readNBytes(LITTLE); some.length > 0; some = in.readNBytes(LITTLE)) {
                String all = end + new String(some, StandardCharsets.ISO_8859_1);
                end = all.substring(Math.max(0, all.length() - LAST_CHUNK.length()));
            }
        } catch (IOException reset) {
            return false;
        }
        return end.equals(LAST_CHUNK);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
