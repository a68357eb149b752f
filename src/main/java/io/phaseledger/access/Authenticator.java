package io.phaseledger.access;

import io.phaseledger.http.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes a principal of what a request shows. */
@ApplicationScoped
class Authenticator {

    private static final String BEARER = "bearer ";

    /** Of the name of a caller; that of a key has half as many. */
    private static final int LONGEST_NAME = 255;

    /** A caller that a proxy does not name. */
    private static final Principal PROXIED = Principal.operator("external");

    private final AccessConfig config;
    private final AccessMode mode;
    private final BootstrapKey bootstrap;
    private final ApiKeyCache keys;
    private final Tokens tokens;

    Authenticator(AccessConfig config, AuthSettings exposure, BootstrapKey bootstrap, ApiKeyCache keys, Tokens tokens) {
        this.config = config;
        this.mode = exposure.mode();
        this.bootstrap = bootstrap;
        this.keys = keys;
        this.tokens = tokens;
    }

    /** Who asks; fails with a problem when that cannot be told. */
    Uni<Principal> principal(RoutingContext request) {
        return switch (mode) {
            case NONE -> Uni.createFrom().item(Principal.ANONYMOUS);
            case EXTERNAL -> Uni.createFrom().item(() -> named(request));
            case REQUIRED ->
                shown(request).map(this::known).orElseGet(() -> Uni.createFrom().failure(Challenge.nothingShown()));
        };
    }

    /** A proxy that appends to what its caller sent would let the caller choose the name, if the first of two counted. */
    private Principal named(RoutingContext request) {
        List<String> names = request.request().headers().getAll(config.externalHeader());
        if (names.size() > 1) {
            throw unusable("is there " + names.size() + " times; the proxy must replace what its caller sent");
        }
        String name = names.isEmpty() ? "" : names.get(0);
        if (name.length() > LONGEST_NAME) {
            throw unusable("has more than " + LONGEST_NAME + " characters");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw unusable("has a control character");
        }
        return name.isBlank() ? PROXIED : Principal.operator(name);
    }

    private Problem unusable(String why) {
        return Problem.of(400, "invalid_caller", config.externalHeader() + ", which names the caller, " + why);
    }

    private Uni<Principal> known(String credentials) {
        Optional<Principal> first = bootstrap.principal(credentials);
        if (first.isPresent()) {
            return Uni.createFrom().item(first.get());
        }
        Optional<KeyText> key = KeyText.parse(credentials);
        if (key.isEmpty() && credentials.startsWith(KeyText.PREFIX)) {
            return Uni.createFrom().failure(Challenge.invalid(ApiKeyCache.WORTHLESS));
        }
        return key.map(keys::principal).orElseGet(() -> tokens.principal(credentials));
    }

    private static Optional<String> shown(RoutingContext request) {
        String header = request.request().getHeader("Authorization");
        return header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? Optional.of(header.substring(BEARER.length()).trim())
                : Optional.empty();
    }
}
