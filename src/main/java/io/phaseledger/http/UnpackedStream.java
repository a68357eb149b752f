package io.phaseledger.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * What a gzip stream holds, all its members (RFC 1952, 2.2); a fault in it is the client's.
 *
 * <p>Java's own stream takes whatever follows a member and is no other one for the end, and would drop it without a word.
 */
final class UnpackedStream extends FilterInputStream {

    private UnpackedStream(InputStream unpacked) {
        super(unpacked);
    }

    /** @throws Problem 400 {@code malformed_encoding}, also when it is read on */
    static UnpackedStream of(InputStream packed) {
        try {
            return new UnpackedStream(GzipCompressorInputStream.builder()
                    .setInputStream(new Sent(packed))
                    .setDecompressConcatenated(true)
                    .get());
        } catch (IOException e) {
            throw fault();
        }
    }

    @Override
    public int read() {
        try {
            return in.read();
        } catch (IOException e) {
            throw fault();
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            throw fault();
        }
    }

    private static Problem fault() {
        return Problem.malformed(FieldError.at(
                "", "malformed_encoding", "is no gzip stream, or one that was cut off or has something after it"));
    }

    /** What comes. Where the way fails and not what comes on it, that is said at once, and is no fault of the stream's. */
    private static final class Sent extends FilterInputStream {

        Sent(InputStream in) {
            super(in);
        }

        @Override
        public int read() {
            try {
                return in.read();
            } catch (IOException e) {
                throw BodyReading.brokeOff(e);
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException e) {
                throw BodyReading.brokeOff(e);
            }
        }
    }
}
