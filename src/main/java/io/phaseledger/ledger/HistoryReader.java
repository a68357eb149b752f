package io.phaseledger.ledger;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The reader of a stream, who may be slow, stand still or hang up.
 *
 * <p>The framework's own stream waits for a slow reader too, but for ever, and drops what is written to one who hung up
 * without a word: a million rows would be read for no one.
 */
final class HistoryReader extends OutputStream {

    /** Less than the framework's buffer, so that each piece hands at most one buffer on, for which there is room. */
    private static final int PIECE = 4096;

    /** Pauses double from the shorter, within which a fast reader has taken something, to the longer. */
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long CLOSE_BOUND_MILLIS = 1_000;

    private final OutputStream out;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Duration stallTimeout;

    HistoryReader(OutputStream out, HttpServerRequest request, Duration stallTimeout) {
        this.out = out;
        this.request = request;
        this.response = request.response();
        this.stallTimeout = stallTimeout;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int written = 0; written < length; written += PIECE) {
            awaitRoom();
            hand(bytes, offset + written, Math.min(PIECE, length - written));
        }
    }

    /** A reader who goes in the midst of a write has hung up like one who goes between two. */
    private void hand(byte[] bytes, int offset, int length) throws Gone {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new Gone("hung up");
        }
    }

    @Override
    public void flush() throws IOException {
        awaitRoom();
        try {
            out.flush();
        } catch (IOException e) {
            throw new Gone("hung up");
        }
    }

    /**
     * Ends the connection at once, if anything has gone to the reader, so that the body is seen not to be whole.
     *
     * <p>The framework closes it too, but only when all is sent that is waiting, and sends the end of the body meanwhile:
     * most readers would then take what they have for all there is.
     */
    void breakOff() {
        if (!response.headWritten()) {
            return;
        }
        if (request.version() != HttpVersion.HTTP_2 && request.connection() instanceof ConnectionBase connection) {
            connection.channel().close().awaitUninterruptibly(CLOSE_BOUND_MILLIS);
        } else {
            response.reset();
        }
    }

    private void awaitRoom() throws Gone {
        long startedAt = System.nanoTime();
        long pause = SHORTEST_PAUSE_NANOS;
        checkThere();
        while (response.writeQueueFull()) {
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            checkThere();
            if (System.nanoTime() - startedAt > stallTimeout.toNanos()) {
                throw new Gone("took nothing for " + stallTimeout);
            }
        }
    }

    private void checkThere() throws Gone {
        if (response.closed()) {
            throw new Gone("hung up");
        }
    }

    /** The reader will not take the rest. */
    static final class Gone extends IOException {
        Gone(String how) {
            super(how);
        }
    }
}
