package io.phaseledger.http;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns everything that a request can throw into a problem document. */
final class ProblemMappers {

    /** Headers of the framework's own refusals that belong to the status and not to the body. */
    private static final List<String> KEPT_HEADERS = List.of("Retry-After", "WWW-Authenticate");

    private static final int FIRST_ERROR = 400;

    private final ProblemResponses responses;
    private final Routes routes;
    private final RequestTarget target;
    private final FaultProblems faults;

    ProblemMappers(ProblemResponses responses, Routes routes, RequestTarget target, FaultProblems faults) {
        this.responses = responses;
        this.routes = routes;
        this.target = target;
        this.faults = faults;
    }

    @ServerExceptionMapper
    Response problem(Problem problem) {
        return responses.of(problem);
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException e, UriInfo uri) {
        var problem = FrameworkProblems.of(e.getResponse().getStatus());
        return responses.of(problem.withHeader("Allow", routes.allowedAt(uri.getPath())));
    }

    /** What the framework refuses by itself: no such path, media type or encoding. */
    @ServerExceptionMapper
    Response framework(WebApplicationException e) {
        var response = e.getResponse();
        if (response.getStatus() < FIRST_ERROR) {
            return response;
        }
        var problem = problem(response.getStatus());
        for (var header : KEPT_HEADERS) {
            var value = response.getHeaderString(header);
            problem = value == null ? problem : problem.withHeader(header, value);
        }
        return responses.of(problem);
    }

    private Problem problem(int status) {
        return switch (status) {
            case 404 -> nothingThere();
            case 415 -> unsupportedType();
            default -> FrameworkProblems.of(status);
        };
    }

    private Problem unsupportedType() {
        var read = routes.readAt(target.path(), target.method());
        return read.isEmpty()
                ? FrameworkProblems.of(415)
                : FrameworkProblems.unsupportedType(target.header(HttpHeaders.CONTENT_TYPE), read);
    }

    /** Where paths of two classes cross, the framework finds nothing at one that has other methods. */
    private Problem nothingThere() {
        var allowed = routes.allowedAt(target.path());
        return allowed.isEmpty() || List.of(allowed.split(", ")).contains(target.method())
                ? FrameworkProblems.of(404)
                : FrameworkProblems.of(405).withHeader("Allow", allowed);
    }

    /** What was waited for and failed; only its cause says with what. */
    @ServerExceptionMapper
    Response waitedFor(CompletionException e) {
        return e.getCause() instanceof Problem problem ? problem(problem) : rest(e);
    }

    @ServerExceptionMapper
    Response rest(Throwable e) {
        return responses.of(faults.problem(e));
    }
}
