package io.phaseledger.access;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.stream.Stream;

/**
 * Lets only those see what the framework serves who may read: the metrics, in which names of phases are, and the contract.
 * Of all that is under {@code /q}, only the probes take no key; what a later version of the framework adds is not.
 */
@ApplicationScoped
class RouteCheck {

    private static final String OF_THE_FRAMEWORK = "/q";
    private static final String PROBES = "/q/health";
    private static final String CONTRACT_FILE = "/openapi.yaml";

    /** Before the framework's own routes. */
    private static final int FIRST = -1000;

    private final Authenticator gatekeeper;
    private final boolean publicContract;

    RouteCheck(Authenticator gatekeeper, AccessConfig config) {
        this.gatekeeper = gatekeeper;
        this.publicContract = config.publicContract();
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(this::check);
    }

    private void check(RoutingContext request) {
        // By the path that routes are matched with: without dots, doubled slashes and what need not be percent-encoded.
        if (isOpen(request.normalizedPath(), publicContract)) {
            request.next();
        } else {
            gatekeeper.principal(request).subscribe().with(principal -> letIn(request, principal), request::fail);
        }
    }

    static boolean isOpen(String path, boolean isContractPublic) {
        if (isContract(path)) {
            return isContractPublic;
        }
        return !isUnder(OF_THE_FRAMEWORK, path) || isProbe(path);
    }

    static boolean isProbe(String path) {
        return isUnder(PROBES, path);
    }

    private static boolean isContract(String path) {
        return Stream.of(CONTRACT_FILE, "/q/openapi", "/q/swagger-ui").anyMatch(root -> isUnder(root, path));
    }

    private static boolean isUnder(String root, String path) {
        return path.equals(root) || path.startsWith(root + "/");
    }

    private static void letIn(RoutingContext request, Principal principal) {
        if (principal.has(Scope.READ)) {
            request.next();
        } else {
            request.fail(Challenge.insufficient(principal, Scope.READ));
        }
    }
}
