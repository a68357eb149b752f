package io.phaseledger.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * What a client still sends of a body when it has been answered already.
 *
 * <p>Many clients read nothing before they have sent everything. Where nobody takes the rest, both would wait for the
 * other; where the connection is closed at once, the answer may be lost with it. So the rest is taken for a while and
 * thrown away, and only who is not done then is cut off.
 */
final class UnreadBody {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private UnreadBody() {}

    /** To be called when the answer has been sent. The connection may have gone on to other requests by the end of it. */
    static void discard(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (isExpected(request) && !request.isEnded() && !context.response().closed()) {
            request.exceptionHandler(broken -> {});
            request.handler(ignored -> {});
            request.resume();
            context.vertx().setTimer(PATIENCE.toMillis(), id -> cutOff(request));
        }
    }

    private static void cutOff(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.connection().close();
        }
    }

    private static boolean isExpected(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null || (length != null && !length.equals("0"));
    }
}
