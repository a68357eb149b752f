package io.phaseledger.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Corrects the answer to OPTIONS, in which the framework lists the methods of the paths beneath as well. */
final class AllowedMethods {

    private final Routes routes;

    AllowedMethods(Routes routes) {
        this.routes = routes;
    }

    @ServerResponseFilter
    void correct(ContainerRequestContext request, ContainerResponseContext response) {
        if (!request.getMethod().equals(HttpMethod.OPTIONS)) {
            return;
        }
        var allowed = routes.allowedAt(request.getUriInfo().getPath());
        if (!allowed.isEmpty()) {
            response.getHeaders().putSingle(HttpHeaders.ALLOW, allowed);
        }
    }
}
