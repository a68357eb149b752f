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

    /** To be called when the answer has been sent. */
    static void discard(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (isExpected(request) && !request.isEnded() && !context.response().closed()) {
            long timer = context.vertx()
                    .setTimer(PATIENCE.toMillis(), id -> request.connection().close());
            request.exceptionHandler(broken -> context.vertx().cancelTimer(timer));
            request.endHandler(done -> context.vertx().cancelTimer(timer));
            request.handler(ignored -> {});
            request.resume();
        }
    }

    private static boolean isExpected(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null || (length != null && !length.equals("0"));
    }
}
