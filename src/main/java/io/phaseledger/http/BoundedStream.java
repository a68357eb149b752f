package io.phaseledger.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** A stream that ends in a problem when it turns out longer than it may be. */
final class BoundedStream extends FilterInputStream {

    private final Supplier<Problem> tooLong;
    private long left;

    BoundedStream(InputStream in, long mostBytes, Supplier<Problem> tooLong) {
        super(in);
        this.left = mostBytes;
        this.tooLong = tooLong;
    }

    @Override
    public int read() throws IOException {
        var one = in.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var read = in.read(buffer, offset, length);
        count(read);
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        var skipped = in.skip(bytes);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false; // What is read twice would be counted twice.
    }

    private void count(long bytes) {
        left -= Math.max(0, bytes);
        if (left < 0) {
            throw tooLong.get();
        }
    }
}
