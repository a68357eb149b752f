package io.phaseledger.access;

import io.phaseledger.http.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a page of another site makes a browser send: the browser is where the service may be reached from, and may
 * have a key, while the page has neither.
 *
 * <p>A browser says where a request comes from ({@code Origin}, {@code Sec-Fetch-Site}); other clients send neither. A page
 * whose own name has been made to lead here (DNS rebinding) is of the same site to the browser, so where no key is needed
 * the name itself has to be one of this machine.
 */
@ApplicationScoped
class BrowserGate {

    /** After the limits of requests, and before whatever answers one. */
    private static final int FIRST = -7_000;

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?", Pattern.CASE_INSENSITIVE);

    private final boolean needsOwnHost;
    private final Set<String> hosts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> origins = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    BrowserGate(AuthSettings exposure, AccessConfig config) {
        this.needsOwnHost = exposure.mode() == AccessMode.NONE;
        config.allowedHosts().ifPresent(hosts::addAll);
        config.allowedOrigins().ifPresent(origins::addAll);
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(this::check);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (RouteCheck.isProbe(context.normalizedPath())) {
            context.next();
        } else if (needsOwnHost && !isOwn(request.authority())) {
            context.fail(foreignHost());
        } else if (!SAFE_METHODS.contains(request.method().name()) && isForeign(request)) {
            context.fail(foreignOrigin());
        } else {
            context.next();
        }
    }

    /** Without a host it is HTTP/1.0, which no browser speaks. */
    private boolean isOwn(@Nullable HostAndPort host) {
        return host == null
                || host.host().isEmpty()
                || LOOPBACK.matcher(host.host()).matches()
                || hosts.contains(host.host());
    }

    private boolean isForeign(HttpServerRequest request) {
        List<String> sent = request.headers().getAll("Origin");
        if (sent.size() == 1 && origins.contains(sent.get(0))) {
            return false;
        }
        return "cross-site".equals(request.getHeader("Sec-Fetch-Site"))
                || sent.stream().anyMatch(origin -> !isThisHost(origin, request.authority()));
    }

    /** A proxy in front may take TLS off, so the scheme does not count. */
    private static boolean isThisHost(String origin, @Nullable HostAndPort host) {
        return host != null
                && (origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host));
    }

    private static Problem foreignHost() {
        return Problem.of(
                403,
                "foreign_host",
                "This service takes requests without a key, so only those to localhost or a loopback address;"
                        + " PHASE_LEDGER_AUTH_ALLOWED_HOSTS adds other names.");
    }

    private static Problem foreignOrigin() {
        return Problem.of(
                403,
                "foreign_origin",
                "A page of another site may not change anything here; PHASE_LEDGER_AUTH_ALLOWED_ORIGINS adds origins that"
                        + " may.");
    }
}
