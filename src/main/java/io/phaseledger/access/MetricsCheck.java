package io.phaseledger.access;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Lets only those see the metrics who may read: names of phases are in them. */
@ApplicationScoped
class MetricsCheck {

    private static final String METRICS = "/q/metrics";

    /** Before the framework's own route. */
    private static final int FIRST = -1000;

    private final Gatekeeper gatekeeper;

    MetricsCheck(Gatekeeper gatekeeper) {
        this.gatekeeper = gatekeeper;
    }

    void register(@Observes Router router) {
        router.route(METRICS)
                .order(FIRST)
                .handler(request -> gatekeeper
                        .principal(request)
                        .subscribe()
                        .with(principal -> letIn(request, principal), request::fail));
    }

    private static void letIn(RoutingContext request, Principal principal) {
        if (principal.has(Scope.READ)) {
            request.next();
        } else {
            request.fail(Challenge.insufficient(principal, Scope.READ));
        }
    }
}
