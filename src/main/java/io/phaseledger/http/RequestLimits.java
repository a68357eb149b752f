package io.phaseledger.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What every request meets before it is routed: the bounds of its line and headers, and problem documents for what the
 * router refuses by itself.
 *
 * <p>The server beneath takes longer lines and headers than are taken here, so that this can say so; beyond its own bounds,
 * and where what it got is no HTTP, it answers with a bare status.
 */
@ApplicationScoped
class Entrance {

    /** Before all other routes but live reload and the filters, which give a request its id and log its refusal. */
    private static final int FIRST = -8_000;

    private static final int INTERNAL_ERROR = 500;

    private final HttpConfig config;
    private final ProblemResponses responses;
    private final Routes routes;

    Entrance(HttpConfig config, ProblemResponses responses, Routes routes) {
        this.config = config;
        this.responses = responses;
        this.routes = routes;
    }

    void stand(@Observes Router router) {
        router.route().order(FIRST).handler(this::check).failureHandler(this::explain);
    }

    private void check(RoutingContext context) {
        context.addEndHandler(sent -> UnreadBody.discard(context));
        var refusal = Framing.isInDoubt(context.request())
                ? LastAnswer.of(FrameworkProblems.of(400), context)
                : refusal(context.request());
        if (refusal == null) {
            context.next();
        } else {
            answer(context, refusal);
        }
    }

    private @Nullable Problem refusal(HttpServerRequest request) {
        if (request.uri().length() > config.maxUrlLength()) {
            return FrameworkProblems.of(414).with("max_characters", config.maxUrlLength());
        }
        if (isLongerThan(config.maxHeaderLength(), request)) {
            return FrameworkProblems.of(431).with("max_characters", config.maxHeaderLength());
        }
        Problem malformed = malformedUrl(request.uri());
        return malformed == null ? malformedAccept(request) : malformed;
    }

    private static boolean isLongerThan(int most, HttpServerRequest request) {
        int length = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            length += header.getKey().length() + header.getValue().length();
        }
        return length > most;
    }

    private static @Nullable Problem malformedUrl(String url) {
        OptionalInt misread = MalformedUrl.misread(url);
        if (misread.isPresent()) {
            return MalformedUrl.problem(url, misread.getAsInt());
        }
        try {
            var unused = new URI(url);
            return null;
        } catch (URISyntaxException e) {
            return MalformedUrl.problem(url, Math.max(0, e.getIndex()));
        }
    }

    /** Leaves behind an Accept header that is read right. */
    private static @Nullable Problem malformedAccept(HttpServerRequest request) {
        List<String> values = request.headers().getAll(HttpHeaders.ACCEPT);
        if (values.isEmpty()) {
            return null;
        }
        try {
            String plain = AcceptHeader.plain(values);
            request.headers().remove(HttpHeaders.ACCEPT);
            if (plain != null) {
                request.headers().set(HttpHeaders.ACCEPT, plain);
            }
            return null;
        } catch (Problem e) {
            return e;
        }
    }

    /** A failure that nobody else has put into words; those of authentication have their own. */
    private void explain(RoutingContext context) {
        if (context.failure() instanceof SecurityException) {
            context.next();
        } else if (context.response().headWritten()) {
            breakOff(context);
        } else {
            answer(context, problem(context));
        }
    }

    /** The client sees that this was not all. The framework would log the whole URL, in which there may be a secret. */
    private static void breakOff(RoutingContext context) {
        if (context.failure() != null && !(context.failure() instanceof IOException)) {
            var unused = Faults.problem(context.failure());
        }
        context.response().reset();
    }

    private Problem problem(RoutingContext context) {
        if (context.failure() instanceof Problem problem) {
            return problem;
        }
        int status = context.statusCode() < 0 ? INTERNAL_ERROR : context.statusCode();
        if (status == 404) {
            return routes.nothingAt(path(context));
        }
        return status < INTERNAL_ERROR
                ? FrameworkProblems.of(status)
                : Faults.problem(
                        context.failure() == null ? new IllegalStateException("a route failed") : context.failure());
    }

    private void answer(RoutingContext context, Problem problem) {
        problem.noteOn(context);
        var response = context.response();
        response.setStatusCode(problem.status()).putHeader("Content-Type", ProblemResponses.MEDIA_TYPE);
        problem.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(responses.body(problem, Quoted.cut(path(context)))));
    }

    private static String path(RoutingContext context) {
        return context.request().path() == null ? "" : context.request().path();
    }
}
