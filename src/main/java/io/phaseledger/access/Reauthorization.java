package io.phaseledger.access;

import io.phaseledger.http.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks, while an answer goes on for long, whether its caller would still be let in. */
@ApplicationScoped
public class Reauthorization {

    private final Authenticator gatekeeper;

    Reauthorization(Authenticator gatekeeper) {
        this.gatekeeper = gatekeeper;
    }

    /**
     * Whether what this request shows is still good for that scope. Where it cannot be told, because the database or the
     * issuer cannot be asked, what was so is taken to be so. Never fails.
     */
    public Uni<Boolean> isLetIn(RoutingContext request, Scope needed) {
        return Uni.createFrom()
                .deferred(() -> gatekeeper.principal(request))
                .map(principal -> principal.has(needed))
                .onFailure()
                .recoverWithItem(e -> !(e instanceof Problem problem && isRefusal(problem)));
    }

    private static boolean isRefusal(Problem problem) {
        return problem.status() == 401 || problem.status() == 403;
    }
}
