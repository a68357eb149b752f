package io.phaseledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A client that sends whatever bytes it is given, as no library does, each time on a connection of its own. */
public record RawHttp(int port) {

    private static final Duration BOUND = Duration.ofSeconds(30);

    /** How long an answer is waited for where the server may be waiting for more. */
    private static final Duration PATIENCE = Duration.ofMillis(60);

    private static final int MOST_BYTES = 64 << 20;
    private static final int MOST_SEARCHED = 1 << 20;

    /** What came back before the server ended the connection, which it must in half a minute. */
    public List<RawAnswer> send(byte[] request) throws IOException {
        try (Socket socket = connect(BOUND)) {
            write(request, socket);
            byte[] received = read(socket, new ByteArrayOutputStream());
            return RawAnswer.all(received, isEndless(received));
        }
    }

    /** What came back before the client, after some patience, ended its own side, and the server then its own. */
    public List<RawAnswer> sendAndLeave(byte[] request) throws IOException {
        try (Socket socket = connect(PATIENCE)) {
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            write(request, socket);
            try {
                return RawAnswer.all(read(socket, received), true);
            } catch (SocketTimeoutException e) {
                socket.shutdownOutput();
                socket.setSoTimeout((int) BOUND.toMillis());
                return RawAnswer.all(read(socket, received), true);
            }
        }
    }

    private Socket connect(Duration timeout) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) timeout.toMillis());
        return socket;
    }

    private static void write(byte[] request, Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(request);
        } catch (SocketException closed) {
            // A server may answer and close before all is sent, which is no fault; what it said is still to be read.
        }
    }

    private static byte[] read(Socket socket, ByteArrayOutputStream all) throws IOException {
        byte[] part = new byte[1 << 14];
        try {
            for (int got = socket.getInputStream().read(part);
                    got >= 0 && all.size() < MOST_BYTES && !isEndless(all.toByteArray());
                    got = socket.getInputStream().read(part)) {
                all.write(part, 0, got);
            }
        } catch (SocketException reset) {
            return all.toByteArray(); // Closed with bytes of ours unread.
        }
        return all.toByteArray();
    }

    /** Whether there is an answer in it that goes on for as long as somebody listens; perhaps not the first. */
    private static boolean isEndless(byte[] received) {
        String text = new String(received, 0, Math.min(received.length, MOST_SEARCHED), StandardCharsets.ISO_8859_1);
        return text.toLowerCase(Locale.ROOT).contains("content-type: text/event-stream");
    }
}
