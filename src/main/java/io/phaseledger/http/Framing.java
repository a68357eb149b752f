package io.phaseledger.http;

import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/**
 * Whether a server or proxy in front may have read the request otherwise than it is read here: where its body ends, or whom
 * it was for. Then one client could put words into another's mouth, on a connection that both are served by (RFC 9112, 11.2).
 *
 * <p>What the decoder refuses by itself is not seen here: lengths that differ, or a blank before a colon.
 */
final class Framing {

    private Framing() {}

    static boolean isInDoubt(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaders.HOST).size() > 1 || isInChunksOfItsOwn(request);
    }

    /** Chunks are the only coding that is read here, and HTTP/1.0 has none. */
    private static boolean isInChunksOfItsOwn(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return !codings.isEmpty()
                && (request.version() == HttpVersion.HTTP_1_0
                        || codings.size() > 1
                        || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0)));
    }
}
