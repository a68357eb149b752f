package io.phaseledger.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.commons.io.input.ProxyInputStream;
import org.jboss.logging.Logger;

/**
 * A body as its client sends it: its bytes are counted, and it has to come in time, as a whole or part by part. Only the
 * time that is spent waiting for the client counts, not what is done with the bytes in between.
 */
final class SentBody extends ProxyInputStream {

    private static final Logger LOG = Logger.getLogger(SentBody.class);

    private static final long MIB = 1 << 20;

    private final long timeoutNanos;
    private final long part;
    private long received;
    private long began;
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
    protected void beforeRead(int most) {
        began = System.nanoTime();
    }

    @Override
    protected void afterRead(int read) {
        waitedNanos += System.nanoTime() - began;
        received += Math.max(0, read);
        if (waitedNanos > timeoutNanos) {
            throw tooSlow();
        }
        if (received >= endOfPart) {
            waitedNanos = 0;
            endOfPart = received + part;
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

    static Problem tooSlow() {
        return Problem.of(408, "body_too_slow", "The body came too slowly to wait for the rest of it; send it again.")
                .withHeader("Connection", "close");
    }

    /** What failed is the way from the client, who will most likely not hear of it; it is no incident of ours. */
    @Override
    protected void handleIOException(IOException e) {
        LOG.debugf(e, "A body broke off");
        throw Problem.of(400, "body_incomplete", "The body broke off, or its parts are not as long as they say.");
    }
}
