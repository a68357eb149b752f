package io.phaseledger.access;

import io.phaseledger.http.OwnMethod;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Lets a request to a resource in, or refuses it, before anything of it is read. */
final class AccessCheck {

    private final Authenticator gatekeeper;
    private final CurrentVertxRequest current;

    AccessCheck(Authenticator gatekeeper, CurrentVertxRequest current) {
        this.gatekeeper = gatekeeper;
        this.current = current;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    Uni<Response> check(ResourceInfo resource) {
        RoutingContext request = current.getCurrent();
        return OwnMethod.of(resource)
                .map(method -> gatekeeper.principal(request).map(principal -> letIn(request, principal, method)))
                .orElseGet(() -> Uni.createFrom().nullItem());
    }

    private static @Nullable Response letIn(RoutingContext request, Principal principal, Method method) {
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
