package io.phaseledger.http;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** What a gzip stream holds; a fault in it is the client's. */
final class UnpackedStream extends FilterInputStream {

    UnpackedStream(InputStream packed) throws IOException {
        super(opened(packed));
    }

    private static InputStream opened(InputStream packed) throws IOException {
        try {
            return new GZIPInputStream(packed);
        } catch (ZipException | EOFException e) {
            throw fault();
        }
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (ZipException | EOFException e) {
            throw fault();
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (ZipException | EOFException e) {
            throw fault();
        }
    }

    private static Problem fault() {
        return Problem.malformed(FieldError.at("", "malformed_encoding", "is no gzip stream, or one that was cut off"));
    }
}
