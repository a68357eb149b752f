package io.phaseledger.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Writes problems; as bytes, because what the client accepts or the method produces has no say in an error. */
@ApplicationScoped
public class ProblemResponses {

    static final String MEDIA_TYPE = "application/problem+json";

    private final ObjectMapper mapper;
    private final CurrentVertxRequest current;
    private final RequestTarget target;

    ProblemResponses(ObjectMapper mapper, CurrentVertxRequest current, RequestTarget target) {
        this.mapper = mapper;
        this.current = current;
        this.target = target;
    }

    Response of(Problem problem) {
        problem.noteOn(current.getCurrent());
        var response = Response.status(problem.status())
                .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .entity(body(problem, target.path()));
        problem.headers().forEach(response::header);
        return response.build();
    }

    /**
     * Answers with a problem in place of what a method answered; for response filters, after which the framework still
     * writes the entity itself.
     */
    public void instead(ContainerResponseContext response, Problem problem) {
        problem.noteOn(current.getCurrent());
        response.setStatus(problem.status());
        response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
        problem.headers().forEach(response.getHeaders()::putSingle);
        response.setEntity(problem.view(target.path()));
    }

    byte[] body(Problem problem, String path) {
        try {
            return mapper.writeValueAsBytes(problem.view(path));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem that cannot be written", e);
        }
    }
}
