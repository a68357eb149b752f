package io.phaseledger.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A stream that ends in a problem when its sender keeps us waiting: each byte buys it some time, none buys it an hour.
 *
 * <p>Only the time that is spent waiting counts, not what is done with the bytes in between.
 */
final class PatientStream extends FilterInputStream {

    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final long patienceNanos;
    private final long bytesPerSecond;
    private final Supplier<Problem> tooSlow;
    private long waitedNanos;
    private long received;

    PatientStream(InputStream in, Duration patience, long bytesPerSecond, Supplier<Problem> tooSlow) {
        super(in);
        this.patienceNanos = patience.toNanos();
        this.bytesPerSecond = bytesPerSecond;
        this.tooSlow = tooSlow;
    }

    @Override
    public int read() throws IOException {
        long began = System.nanoTime();
        int one = in.read();
        count(began, one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long began = System.nanoTime();
        int read = in.read(buffer, offset, length);
        count(began, read);
        return read;
    }

    private void count(long began, int bytes) {
        waitedNanos += System.nanoTime() - began;
        received += Math.max(0, bytes);
        double earnedNanos = (double) received / bytesPerSecond * NANOS_PER_SECOND;
        if (waitedNanos > patienceNanos + earnedNanos) {
            throw tooSlow.get();
        }
    }
}
