package io.phaseledger.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * What a client still sends of a body when it has been answered already.
 *
 * <p>Many clients read nothing before they have sent everything. If the rest were not taken, both would wait for the other;
 * if the connection were closed at once, the answer might be lost with it. So the rest is taken for a while and thrown away,
 * and only a client that is not done then is cut off. An answer that says so closes the connection at once.
 */
final class UnreadBody {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private UnreadBody() {}

    /** To be called when the answer has been sent. The connection may have gone on to other requests by the end of it. */
    static void discard(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (isLast(context)) {
            request.connection().close();
        } else if (isExpected(request)
                && !request.isEnded()
                && !context.response().closed()) {
            request.exceptionHandler(broken -> {});
            request.handler(ignored -> {});
            request.resume();
            context.vertx().setTimer(PATIENCE.toMillis(), id -> cutOff(request));
        }
    }

    private static boolean isLast(RoutingContext context) {
        return Problem.answered(context)
                .filter(problem -> problem.headers().containsKey("Connection"))
                .isPresent();
    }

    private static void cutOff(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.connection().close();
        }
    }

    static boolean isExpected(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null || (length != null && !length.equals("0"));
    }
}
