package io.phaseledger.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Says how the body is read: unpacked, and up to a bound. The framework's own bound is switched off: it answers with a bare
 * 413, and it knows no method that streams.
 *
 * <p>A body that announces its length is refused before it is read. One that does not, or that is compressed, is counted
 * while it is read, in {@link BodyReading}. What one that streams unpacks to is bounded by what was sent of it.
 */
final class BodyLimit {

    private static final Set<String> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);

    private final long mostBytes;
    private final int maxInflation;
    private final CurrentVertxRequest current;

    BodyLimit(HttpConfig config, CurrentVertxRequest current) {
        this.mostBytes = config.maxBodySize().asLongValue();
        this.maxInflation = config.maxInflation();
        this.current = current;
    }

    @ServerRequestFilter
    void check(ContainerRequestContext request, ResourceInfo resource) {
        var method = resource.getResourceMethod();
        if (method == null || WITHOUT_BODY.contains(request.getMethod())) {
            return;
        }
        if (isBlank(request.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
            throw FrameworkProblems.of(415); // The framework takes it for none, and fails when it is asked for it.
        }
        boolean packed = ContentCoding.isPacked(request.getHeaders().get(HttpHeaders.CONTENT_ENCODING));
        boolean bounded = !method.isAnnotationPresent(UnboundedBody.class);
        if (bounded && announced(request) > mostBytes) {
            throw tooLarge();
        }
        boolean counted = bounded && (packed || request.getHeaderString("Transfer-Encoding") != null);
        request.setProperty(BodyReading.STREAM, (BodyReading.Stream) sent -> stream(sent, packed, counted));
    }

    private InputStream stream(InputStream sent, boolean packed, boolean counted) throws IOException {
        InputStream unpacked = packed ? UnpackedStream.of(sent, maxInflation, this::inflatesTooMuch) : sent;
        return counted ? new BoundedStream(unpacked, mostBytes, this::tooLarge) : unpacked;
    }

    private static boolean isBlank(@Nullable String header) {
        return header != null && header.isBlank();
    }

    /** The length that HTTP holds the client to; a body in chunks announces none. */
    private static long announced(ContainerRequestContext request) {
        var length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length); // The server has refused a length that is no number.
    }

    private Problem tooLarge() {
        return LastAnswer.of(FrameworkProblems.of(413).with("max_bytes", mostBytes), current.getCurrent());
    }

    private Problem inflatesTooMuch() {
        Problem problem = Problem.of(
                413,
                "body_too_large",
                "Without its gzip the body is more than " + maxInflation
                        + " times as large as it was sent; send it without.");
        return LastAnswer.of(problem.with("max_inflation", maxInflation), current.getCurrent());
    }
}
