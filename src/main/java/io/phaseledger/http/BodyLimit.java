package io.phaseledger.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Says how the body is read: unpacked, and up to a bound. The framework's own bound is switched off: it answers with a bare
 * 413, and it knows no method that streams.
 *
 * <p>A body that announces its length is refused before it is read. One that does not, or that is compressed, is counted
 * when it is read. What one that streams unpacks to is bounded by what was sent of it.
 */
final class BodyLimit {

    private final HttpConfig config;
    private final CurrentVertxRequest current;

    BodyLimit(HttpConfig config, CurrentVertxRequest current) {
        this.config = config;
        this.current = current;
    }

    @ServerRequestFilter
    void check(ContainerRequestContext request, ResourceInfo resource) {
        var method = resource.getResourceMethod();
        var consumes = method == null ? null : method.getAnnotation(Consumes.class);
        if (method == null || consumes == null) {
            return;
        }
        boolean streams = List.of(method.getParameterTypes()).contains(InputStream.class);
        if (!streams && announced(request) > mostBytes()) {
            throw tooLarge();
        }
        requireType(request, consumes);
        boolean packed = isPacked(request.getHeaders().get(HttpHeaders.CONTENT_ENCODING));
        request.setProperty(BodyReading.STREAM, streams ? byParts(packed) : whole(request, packed));
    }

    /** For a method that takes a stream: it reads its body piece by piece, and so takes one of any length. */
    private BodyReading.Stream byParts(boolean packed) {
        return sent -> unpacked(SentBody.byParts(sent, config.importTimeout()), packed);
    }

    private BodyReading.Stream whole(ContainerRequestContext request, boolean packed) {
        boolean counted = packed || isInChunks(request);
        RoutingContext context = current.getCurrent();
        RequestLimits.gathers(context, true);
        long began = System.nanoTime();
        return sent -> {
            RequestLimits.gathers(context, false);
            Duration left = config.bodyTimeout().minusNanos(System.nanoTime() - began);
            InputStream body = unpacked(SentBody.inAll(sent, left), packed);
            return counted ? counted(body) : body;
        };
    }

    /** A page of another site may send a body without a type, or of a type that a form has, and is not asked before. */
    private static void requireType(ContainerRequestContext request, Consumes consumes) {
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type == null ? isSent(request) : type.isBlank()) {
            throw FrameworkProblems.unsupportedType(type, List.of(consumes.value()));
        }
    }

    /** Whether it is compressed: by gzip, once, or not at all. */
    private static boolean isPacked(@Nullable List<String> headers) {
        var coding = headers == null ? "" : String.join(",", headers).trim().toLowerCase(Locale.ROOT);
        return switch (coding) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default ->
                throw Problem.of(
                                415,
                                "unsupported_encoding",
                                "The Content-Encoding " + Quoted.of(coding) + " is not read here; gzip is, or none.")
                        .withHeader(HttpHeaders.ACCEPT_ENCODING, "gzip, identity");
        };
    }

    private static boolean isSent(ContainerRequestContext request) {
        return announced(request) > 0 || isInChunks(request);
    }

    private static boolean isInChunks(ContainerRequestContext request) {
        return request.getHeaderString("Transfer-Encoding") != null;
    }

    private InputStream unpacked(SentBody sent, boolean packed) {
        return packed ? UnpackedStream.of(sent, config.maxInflation()) : sent;
    }

    private InputStream counted(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(mostBytes() + 1);
        if (bytes.length > mostBytes()) {
            throw tooLarge();
        }
        return new ByteArrayInputStream(bytes);
    }

    /** The length that HTTP holds the client to; a body in chunks announces none. */
    private static long announced(ContainerRequestContext request) {
        var length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length); // The server has refused a length that is no number.
    }

    private int mostBytes() {
        return Math.toIntExact(config.maxBodySize().asLongValue());
    }

    private Problem tooLarge() {
        return FrameworkProblems.of(413).with("max_bytes", mostBytes());
    }
}
