package io.phaseledger.webhook;

import io.phaseledger.subscription.Attempt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Reads an answer to its end and keeps the beginning; one that goes on and on is broken off. */
final class FirstBytes extends AbstractBinResponseConsumer<Answer> {

    private static final int READ_AT_ONCE = 8192;

    /** A longer answer is not one to a webhook. */
    private static final long MOST = 1 << 20;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private @Nullable HttpResponse head;
    private long read;

    @Override
    protected void start(HttpResponse response, ContentType type) {
        head = response;
    }

    @Override
    protected int capacityIncrement() {
        return READ_AT_ONCE;
    }

    @Override
    protected void data(ByteBuffer bytes, boolean isEnd) throws IOException {
        read += bytes.remaining();
        if (read > MOST) {
            throw new IOException("it answered with more than " + MOST + " bytes");
        }
        byte[] some = new byte[Math.min(bytes.remaining(), Attempt.KEPT_BYTES - kept.size())];
        bytes.get(some);
        kept.write(some);
        bytes.position(bytes.limit());
    }

    @Override
    protected Answer buildResult() {
        if (head == null) {
            throw new IllegalStateException("an answer has a head");
        }
        return Answer.of(head, Attempt.kept(kept.toByteArray()));
    }

    @Override
    public void releaseResources() {
        // What was kept is small.
    }
}
