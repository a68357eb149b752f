package io.phaseledger.http;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.io.InputStream;

/**
 * Puts the stream that {@link BodyLimit} wants in the way of the body, at the moment when it is read.
 *
 * <p>Not earlier: the framework first takes what has arrived, and goes to a thread that may wait where that is not all. It
 * would skip that, and read on the event loop, if a filter had given it a stream already.
 */
@Provider
final class BodyReading implements ReaderInterceptor {

    /** The request's property that holds a {@link Stream}. */
    static final String STREAM = "phase-ledger.body";

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext reading) throws IOException {
        if (reading.getProperty(STREAM) instanceof Stream stream) {
            reading.setInputStream(stream.over(reading.getInputStream()));
        }
        return reading.proceed();
    }

    /** What is read instead of what is sent. */
    interface Stream {
        InputStream over(InputStream sent) throws IOException;
    }
}
