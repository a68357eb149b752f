package io.phaseledger.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a gzip stream holds, all its members (RFC 1952, 2.2); a fault in it is the client's.
 *
 * <p>Java's own stream takes whatever follows a member and is no other one for the end, and would drop it without a word.
 */
final class UnpackedStream extends FilterInputStream {

    private final Sent sent;

    private UnpackedStream(InputStream unpacked, Sent sent) {
        super(unpacked);
        this.sent = sent;
    }

    /** @throws Problem 400 {@code malformed_encoding}, also when it is read on */
    static UnpackedStream of(InputStream packed) throws IOException {
        Sent sent = new Sent(packed);
        try {
            return new UnpackedStream(
                    GzipCompressorInputStream.builder()
                            .setInputStream(sent)
                            .setDecompressConcatenated(true)
                            .get(),
                    sent);
        } catch (IOException e) {
            throw sent.failure();
        }
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException e) {
            throw sent.failure();
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            throw sent.failure();
        }
    }

    /** What comes, and whether it was the way that failed and not what came on it. */
    private static final class Sent extends FilterInputStream {

        private @Nullable IOException failure;

        Sent(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        /** That of the way; where it was not the way, the client's. */
        IOException failure() {
            if (failure != null) {
                return failure;
            }
            throw Problem.malformed(FieldError.at(
                    "", "malformed_encoding", "is no gzip stream, or one that was cut off or has something after it"));
        }
    }
}
