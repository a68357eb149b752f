package io.phaseledger.operate;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Headers by which a browser makes no more of an answer than is meant; every answer has them, refusals too. */
@ApplicationScoped
class SecurityHeaders {

    /** Right after the request has its id. */
    private static final int PRIORITY = RequestIds.FIRST - 1;

    private static final Map<String, String> OF_ALL = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer");

    private static final String POLICY = "Content-Security-Policy";

    /** Data is to be looked at, not run or framed. */
    private static final String DATA = "default-src 'none'; frame-ancestors 'none'";

    /** What pages need beyond that, by what their paths begin with. The script and style of Swagger UI are in its page. */
    private static final Map<String, String> PAGES = Map.of(
            "/q/swagger-ui",
            "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
                    + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'");

    /** Half a year. Only where the request came by TLS, here or, where its word is taken, at a proxy in front. */
    private static final String ENCRYPTED_FROM_NOW_ON = "max-age=15552000";

    void register(@Observes Filters filters) {
        filters.register(SecurityHeaders::add, PRIORITY);
    }

    private static void add(RoutingContext request) {
        MultiMap headers = request.response().headers();
        OF_ALL.forEach(headers::set);
        headers.set(POLICY, policy(request.request().path()));
        if ("https".equals(request.request().scheme())) {
            headers.set("Strict-Transport-Security", ENCRYPTED_FROM_NOW_ON);
        }
        request.next();
    }

    private static String policy(@Nullable String path) {
        return PAGES.entrySet().stream()
                .filter(page -> path != null && path.startsWith(page.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(DATA);
    }
}
