package io.phaseledger.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.io.input.ProxyInputStream;

/**
 * What a gzip stream holds, all its members (RFC 1952, 2.2); a fault in it is the client's. It ends in a problem where so
 * much comes of so little that no sender can have meant it.
 *
 * <p>Java's own stream takes whatever follows a member and is no other one for the end, and would drop it without a word.
 */
final class UnpackedStream extends ProxyInputStream {

    /** So many bytes may come of however few: text that repeats itself is still short then. */
    private static final long FREE_BYTES = 16 << 20;

    private final SentBody sent;
    private final int maxInflation;
    private long unpacked;

    private UnpackedStream(InputStream unpacked, SentBody sent, int maxInflation) {
        super(unpacked);
        this.sent = sent;
        this.maxInflation = maxInflation;
    }

    /**
     * Unpacks.
     *
     * @param maxInflation how many times as large as it was sent it may become, past its first bytes
     * @throws Problem 400 {@code malformed_encoding}, also when it is read on
     */
    static UnpackedStream of(SentBody sent, int maxInflation) {
        try {
            InputStream unpacked = GzipCompressorInputStream.builder()
                    .setInputStream(sent)
                    .setDecompressConcatenated(true)
                    .get();
            return new UnpackedStream(unpacked, sent, maxInflation);
        } catch (IOException e) {
            throw fault();
        }
    }

    @Override
    protected void afterRead(int read) {
        unpacked += Math.max(0, read);
        if (unpacked > FREE_BYTES && unpacked / maxInflation > sent.received()) {
            throw tooMuch();
        }
    }

    @Override
    protected void handleIOException(IOException e) {
        throw fault();
    }

    private Problem tooMuch() {
        return Problem.of(
                        413,
                        "body_too_large",
                        "Without its gzip the body is more than " + maxInflation
                                + " times as large as it was sent; send it without.")
                .with("max_inflation", maxInflation);
    }

    private static Problem fault() {
        return Problem.malformed(FieldError.at(
                "", "malformed_encoding", "is no gzip stream, or one that was cut off or has something after it"));
    }
}
