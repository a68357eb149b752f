package io.phaseledger.access;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Who makes the request that is being answered. */
@ApplicationScoped
public class Caller {

    private static final Principal ITSELF = Principal.operator("phase-ledger");
    private static final String KEY = Caller.class.getName();

    private final CurrentVertxRequest current;

    Caller(CurrentVertxRequest current) {
        this.current = current;
    }

    /**
     * The principal of the current request; outside of any, the service itself.
     *
     * @throws IllegalStateException when the request was not let in
     */
    public Principal principal() {
        RoutingContext request = Arc.container().requestContext().isActive() ? current.getCurrent() : null;
        if (request == null) {
            return ITSELF;
        }
        return of(request).orElseThrow(() -> new IllegalStateException("no caller was let in"));
    }

    static void is(RoutingContext request, Principal principal) {
        request.put(KEY, principal);
    }

    static Optional<Principal> of(RoutingContext request) {
        return Optional.ofNullable(request.get(KEY));
    }
}
