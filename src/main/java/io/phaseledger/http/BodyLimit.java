package io.phaseledger.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Bounds a body: one that announces its length is refused before it is read, and any other is counted, and unpacked, when it
 * is. What one that streams unpacks to is bounded by what was sent of it.
 *
 * <p>The framework's own bound is switched off: it answers with a bare 413, and it knows no method that streams. The stream
 * that counts is put in the way of the body when it is read, not earlier: the framework first takes what has arrived, and goes
 * to a thread that may wait where that is not all. It would skip that, and read on the event loop, if the filter had given it
 * a stream already.
 */
@Provider
@ApplicationScoped // Made with the first body: providers are made before there is any configuration.
class BodyLimit implements ReaderInterceptor {

    private static final String TRANSFER_ENCODING = "Transfer-Encoding";
    private static final String BEGAN = "phase-ledger.body-began";

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
        isPacked(request.getHeaders());
        if (!streams) {
            RequestLimits.gathers(current.getCurrent(), true);
        }
        request.setProperty(BEGAN, System.nanoTime());
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext reading) throws IOException {
        if (reading.getProperty(BEGAN) instanceof Long began) {
            boolean streams = reading.getType() == InputStream.class;
            reading.setInputStream(streams ? byParts(reading) : whole(reading, began));
        }
        return reading.proceed();
    }

    /** For a method that takes a stream: it reads its body piece by piece, and so takes one of any length. */
    private InputStream byParts(ReaderInterceptorContext reading) {
        return unpacked(
                SentBody.byParts(reading.getInputStream(), config.importTimeout()), isPacked(reading.getHeaders()));
    }

    private InputStream whole(ReaderInterceptorContext reading, long began) throws IOException {
        RequestLimits.gathers(current.getCurrent(), false);
        boolean packed = isPacked(reading.getHeaders());
        Duration left = config.bodyTimeout().minusNanos(System.nanoTime() - began);
        InputStream body = unpacked(SentBody.inAll(reading.getInputStream(), left), packed);
        return packed || reading.getHeaders().containsKey(TRANSFER_ENCODING) ? counted(body) : body;
    }

    /** A page of another site may send a body without a type, or of a type that a form has, and is not asked before. */
    private static void requireType(ContainerRequestContext request, Consumes consumes) {
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type == null ? isSent(request) : type.isBlank()) {
            throw FrameworkProblems.unsupportedType(type, List.of(consumes.value()));
        }
    }

    /** Whether it is compressed: by gzip, once, or not at all. */
    private static boolean isPacked(MultivaluedMap<String, String> headers) {
        var codings = headers.getOrDefault(HttpHeaders.CONTENT_ENCODING, List.of());
        var coding = String.join(",", codings).trim().toLowerCase(Locale.ROOT);
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
        return announced(request) > 0 || request.getHeaderString(TRANSFER_ENCODING) != null;
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
