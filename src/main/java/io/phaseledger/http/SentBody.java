package io.phaseledger.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * A body as its client sends it: its bytes are counted, and it has to come in time, as a whole or part by part. Only the
 * time that is spent waiting for the client counts, not what is done with the bytes in between.
 */
final class SentBody extends FilterInputStream {

    private static final Logger LOG = Logger.getLogger(SentBody.class);

    private static final long MIB = 1 << 20;

    private final long timeoutNanos;
    private final long part;
    private long received;
    private long waitedNanos;
    private long endOfPart;

    private SentBody(InputStream in, Duration timeout, long part) {
        super(in);
        this.timeoutNanos = timeout.toNanos();
        this.part = part;
        this.endOfPart = part;
    }

    /** One of which all has to come in this time. */
    static SentBody inAll(InputStream in, Duration timeout) {
        return new SentBody(in, timeout, Long.MAX_VALUE);
    }

    /** One of which each MiB has to come in this time. */
    static SentBody byParts(InputStream in, Duration timeout) {
        return new SentBody(in, timeout, MIB);
    }

    /** How many bytes have come. */
    long received() {
        return received;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        long began = System.nanoTime();
        try {
            int read = in.read(buffer, offset, length);
            count(Math.max(0, read), System.nanoTime() - began);
            return read;
        } catch (IOException e) {
            throw brokeOff(e);
        }
    }

    /**
     * None: the framework counts what has been announced and has not come. A reader with a buffer would wait for that, and
     * lose what it has when the body breaks off.
     */
    @Override
    public int available() {
        return 0;
    }

    private void count(int bytes, long nanos) {
        waitedNanos += nanos;
        received += bytes;
        if (waitedNanos > timeoutNanos) {
            throw tooSlow();
        }
        if (received >= endOfPart) {
            waitedNanos = 0;
            endOfPart = received + part;
        }
    }

    static Problem tooSlow() {
        return Problem.of(408, "body_too_slow", "The body came too slowly to wait for the rest of it; send it again.")
                .withHeader("Connection", "close");
    }

    /** What failed is the way from the client, who will most likely not hear of it; it is no incident of ours. */
    private static Problem brokeOff(IOException e) {
        LOG.debugf(e, "A body broke off");
        return Problem.of(400, "body_incomplete", "The body broke off, or its parts are not as long as they say.");
    }
}
