package io.phaseledger.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Bounds what a resource method reads. The framework's own bound is switched off: it answers with a bare 413, and it knows
 * no method that streams.
 */
final class BodyLimit {

    private final long mostBytes;
    private final CurrentVertxRequest current;

    BodyLimit(HttpConfig config, CurrentVertxRequest current) {
        this.mostBytes = config.maxBodySize().asLongValue();
        this.current = current;
    }

    @ServerRequestFilter
    void check(ContainerRequestContext request, ResourceInfo resource) {
        var method = resource.getResourceMethod();
        if (method == null || method.isAnnotationPresent(UnboundedBody.class)) {
            return;
        }
        if (announced(request) > mostBytes) {
            throw tooLarge();
        }
        if (request.getHeaderString("Transfer-Encoding") != null) {
            request.setEntityStream(new BoundedStream(request.getEntityStream(), mostBytes, this::tooLarge));
        }
    }

    /** The length that HTTP holds the client to; a body in chunks announces none. */
    private static long announced(ContainerRequestContext request) {
        var length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length); // The server has refused a length that is no number.
    }

    /** The connection goes with the answer: the client may be sending the rest, and nobody reads it. */
    private Problem tooLarge() {
        var request = current.getCurrent().request();
        request.response().endHandler(sent -> request.connection().close());
        return FrameworkProblems.of(413).with("max_bytes", mostBytes).withHeader("Connection", "close");
    }
}
