package io.phaseledger.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the request at hand asks for. The framework makes a URI of it, which needs a host; a request in HTTP/1.0 may have
 * none, or one that is none.
 */
@Singleton
public class RequestTarget {

    private final CurrentVertxRequest current;

    RequestTarget(CurrentVertxRequest current) {
        this.current = current;
    }

    /** As it was sent, percent-encoded. */
    public String path() {
        return Objects.requireNonNullElse(request().path(), "");
    }

    public String method() {
        return request().method().name();
    }

    /** The first of this name; null where there is none. */
    @Nullable
    String header(String name) {
        return request().getHeader(name);
    }

    /** A {@code Link} to the page after the one that is answered (RFC 8288); without a host, relative. */
    public String linkToNext(String cursor) {
        return "<"
                + UriBuilder.fromUri(here()).replaceQueryParam("cursor", cursor).build() + ">; rel=\"next\"";
    }

    private URI here() {
        try {
            return new URI(Objects.requireNonNullElse(
                    request().absoluteURI(), request().uri()));
        } catch (URISyntaxException e) {
            // Of a host that is none to Java; the rest is a URI, or it would not have come in.
            return URI.create(request().uri());
        }
    }

    private HttpServerRequest request() {
        return current.getCurrent().request();
    }
}
