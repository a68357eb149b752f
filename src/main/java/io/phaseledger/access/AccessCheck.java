package io.phaseledger.access;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets a request to a resource in, or refuses it, before anything of it is read. */
final class AccessCheck {

    private static final String OURS = "io.phaseledger.";

    private final Gatekeeper gatekeeper;
    private final CurrentVertxRequest current;

    AccessCheck(Gatekeeper gatekeeper, CurrentVertxRequest current) {
        this.gatekeeper = gatekeeper;
        this.current = current;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    Uni<Response> check(ResourceInfo resource) {
        Method method = resource.getResourceMethod();
        if (method == null || !method.getDeclaringClass().getName().startsWith(OURS)) {
            return Uni.createFrom().nullItem();
        }
        RoutingContext request = current.getCurrent();
        return gatekeeper.principal(request).map(principal -> letIn(request, principal, method));
    }

    private static @org.jspecify.annotations.Nullable Response letIn(
            RoutingContext request, Principal principal, Method method) {
        Needs needs = method.getAnnotation(Needs.class);
        if (needs == null) {
            throw new IllegalStateException(method + " does not say who may call it");
        }
        if (!principal.has(needs.value())) {
            throw Challenge.insufficient(principal, needs.value());
        }
        Caller.is(request, principal);
        return null;
    }
}
