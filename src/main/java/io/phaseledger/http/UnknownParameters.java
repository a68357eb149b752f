package io.phaseledger.http;

import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses query parameters that the matched method does not declare: a misspelt one must not change the question. */
final class UnknownParameters {

    private static final String OURS = "io.phaseledger.";

    /** One entry per resource method, so it is as small as the API. */
    private final Map<Method, DeclaredParameters> declared = new ConcurrentHashMap<>();

    @ServerRequestFilter
    void check(ResourceInfo resource, UriInfo uri) {
        var query = uri.getQueryParameters();
        var method = resource.getResourceMethod();
        if (query.isEmpty()
                || method == null
                || !method.getDeclaringClass().getName().startsWith(OURS)) {
            return;
        }
        var known = declared.computeIfAbsent(method, DeclaredParameters::of);
        var errors = new ArrayList<FieldError>();
        query.forEach((name, values) -> known.check(name, values, errors));
        if (!errors.isEmpty()) {
            throw Problem.malformed(List.copyOf(errors));
        }
    }
}
