package io.phaseledger.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jboss.resteasy.reactive.common.headers.HeaderUtil;

/**
 * What every request meets before it is routed: it must end where every server says that it ends, and its body must come in
 * time. What a route refuses is answered with a problem document.
 *
 * <p>URLs that are none, and lines and headers that are too long, the server beneath refuses by itself, with a bare status.
 */
@ApplicationScoped
class RequestLimits {

    /** Before all other routes but live reload and the filters, which give a request its id and log its refusal. */
    private static final int FIRST = -8_000;

    private static final int INTERNAL_ERROR = 500;
    private static final String GATHERING = "phase-ledger.gathering";

    private final HttpConfig config;
    private final ProblemResponses responses;
    private final FaultProblems faults;

    RequestLimits(HttpConfig config, ProblemResponses responses, FaultProblems faults) {
        this.config = config;
        this.responses = responses;
        this.faults = faults;
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(this::check).failureHandler(this::explain);
    }

    private void check(RoutingContext context) {
        context.addEndHandler(sent -> UnreadBody.discard(context));
        if (Framing.isInDoubt(context.request())) {
            context.fail(FrameworkProblems.of(400).withHeader("Connection", "close"));
        } else if (context.request().uri().indexOf(';') >= 0) {
            // The framework would cut off what follows it in a path, and take it for & in a query.
            context.fail(FrameworkProblems.of(400));
        } else if (!canAccept(context.request())) {
            context.fail(FrameworkProblems.of(406));
        } else {
            startDeadline(context);
            context.next();
        }
    }

    /** The framework fails at media types that are none. */
    private static boolean canAccept(HttpServerRequest request) {
        List<String> accepted = request.headers().getAll(HttpHeaders.ACCEPT);
        if (accepted.stream().allMatch(each -> each.replace(',', ' ').isBlank())) {
            request.headers().remove(HttpHeaders.ACCEPT); // Names no type, which is to say any.
            return true;
        }
        MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
        headers.put(HttpHeaders.ACCEPT, accepted);
        try {
            var unused = HeaderUtil.getAcceptableMediaTypes(headers);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the framework gathers the body of this request, in which no thread waits that could look at the time. */
    static void gathers(RoutingContext context, boolean does) {
        context.put(GATHERING, does);
    }

    private void startDeadline(RoutingContext context) {
        if (!UnreadBody.isExpected(context.request())) {
            return;
        }
        long timer = context.vertx().setTimer(config.bodyTimeout().toMillis(), id -> endLate(context));
        context.addEndHandler(sent -> context.vertx().cancelTimer(timer));
    }

    private static void endLate(RoutingContext context) {
        if (context.get(GATHERING, false) && !context.request().isEnded()) {
            context.fail(SentBody.tooSlow());
        }
    }

    /** A failure that has not been put into words; those of authentication have their own. */
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
    private void breakOff(RoutingContext context) {
        if (context.failure() != null && !(context.failure() instanceof IOException)) {
            var unused = faults.problem(context.failure());
        }
        context.response().reset();
    }

    private Problem problem(RoutingContext context) {
        if (context.failure() instanceof Problem problem) {
            return problem;
        }
        int status = context.statusCode() < 0 ? INTERNAL_ERROR : context.statusCode();
        return status < INTERNAL_ERROR
                ? FrameworkProblems.of(status)
                : faults.problem(
                        context.failure() == null ? new IllegalStateException("a route failed") : context.failure());
    }

    private void answer(RoutingContext context, Problem problem) {
        problem.noteOn(context);
        var response = context.response();
        response.setStatusCode(problem.status()).putHeader("Content-Type", ProblemResponses.MEDIA_TYPE);
        problem.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(responses.body(problem, Quoted.cut(path(context.request())))));
    }

    private static String path(HttpServerRequest request) {
        return Objects.requireNonNullElse(request.path(), "");
    }
}
