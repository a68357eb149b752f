package io.phaseledger.access;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import io.phaseledger.http.Problem;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Knows callers by the tokens of an OpenID Connect issuer, which Quarkus checks. */
@ApplicationScoped
class Tokens {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final String NOT_TAKEN = "No issuer of tokens is configured here; show a key.";
    private static final String WORTHLESS =
            "This token is expired, or its signature, issuer or audience is not what is asked for here.";

    private final TenantIdentityProvider provider;
    private final AccessConfig config;
    private final boolean enabled;

    Tokens(
            TenantIdentityProvider provider,
            AccessConfig config,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean enabled) {
        this.provider = provider;
        this.config = config;
        this.enabled = enabled;
    }

    /** Whose token it is; fails with a 401 or 403 {@link Problem}, or a 503 when the issuer's keys cannot be had. */
    Uni<Principal> principal(String token) {
        if (!enabled) {
            return Uni.createFrom().failure(Challenge.invalid(NOT_TAKEN));
        }
        return provider.authenticate(new AccessTokenCredential(token))
                .onFailure(AuthenticationFailedException.class)
                .transform(e -> Challenge.invalid(WORTHLESS))
                .onFailure(OIDCException.class)
                .transform(e -> Problem.of(503, "issuer_unavailable", "The issuer of tokens cannot be asked.")
                        .retryAfter(RETRY_AFTER))
                .map(this::granted);
    }

    private Principal granted(SecurityIdentity identity) {
        JsonWebToken token = (JsonWebToken) identity.getPrincipal();
        return config.grants().values().stream()
                .filter(grant -> subject(token, grant.claim())
                        .filter(grant.subject()::equals)
                        .isPresent())
                .findFirst()
                .map(Tokens::principal)
                .orElseThrow(() -> Challenge.forbidden("no_grant", "The token is good, and " + whyNot(token)));
    }

    /** What was looked at, by which its sender finds out what to change: the token, or whom a grant names. */
    private String whyNot(JsonWebToken token) {
        Set<String> claims =
                config.grants().values().stream().map(AccessConfig.Grant::claim).collect(toCollection(TreeSet::new));
        return claims.isEmpty()
                ? "nothing is granted to any token."
                : claims.stream().map(claim -> whyNot(token, claim)).collect(joining("; ", "", "."));
    }

    private static String whyNot(JsonWebToken token, String claim) {
        return token.<Object>claim(claim)
                .map(value -> isVerified(token, claim)
                        ? "no grant names its " + claim + ", " + value
                        : "its " + claim + ", " + value + ", does not count, as email_verified is not true")
                .orElse("it has no " + claim);
    }

    private static Principal principal(AccessConfig.Grant grant) {
        return new Principal(
                grant.subject(),
                grant.scopes(),
                grant.phases().orElse(Set.of()),
                grant.processors().orElse(Set.of()));
    }

    private static Optional<String> subject(JsonWebToken token, String claim) {
        return isVerified(token, claim) ? token.<Object>claim(claim).map(Object::toString) : Optional.empty();
    }

    /** An address that its issuer has not verified proves nothing. */
    private static boolean isVerified(JsonWebToken token, String claim) {
        return !claim.equals("email") || Boolean.TRUE.equals(token.getClaim("email_verified"));
    }
}
