package io.phaseledger.access;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Whom the service is open to, by its configuration, and what of that it refuses to start with. */
@ApplicationScoped
public class AuthSettings {

    private static final Logger LOG = Logger.getLogger(AuthSettings.class);
    private static final String MODE = "phase-ledger.auth";
    private static final String BOOTSTRAP = "phase-ledger.auth.bootstrap-key";
    private static final String ISSUER = "quarkus.oidc.auth-server-url";
    private static final String AUDIENCE = "quarkus.oidc.token.audience";
    /** As a property or as an environment variable, which is listed by its own name. */
    private static final Pattern GRANT_LIMIT =
            Pattern.compile("phase[-_]ledger[._]auth[._]grants[._].+[._](phases|processors)", Pattern.CASE_INSENSITIVE);

    private static final String HOST = "quarkus.http.host";

    private final AccessMode mode;

    AuthSettings(Config config) {
        this.mode = mode(config);
    }

    AccessMode mode() {
        return mode;
    }

    void say(@Observes StartupEvent event) {
        if (mode == AccessMode.EXTERNAL) {
            LOG.warn(
                    "PHASE_LEDGER_AUTH=external: every client that reaches this port may do everything, as an authenticating"
                            + " proxy in front is trusted to have seen to it. See that only the proxy reaches it.");
        }
    }

    /** Why the service must not start as it is configured, and what to set instead; empty if it may. */
    public static Optional<String> refusal(Config config) {
        AccessMode mode;
        try {
            mode = mode(config);
        } catch (IllegalArgumentException e) {
            return Optional.of("PHASE_LEDGER_AUTH must be required, external or none.");
        }
        if (mode == AccessMode.NONE && !isLoopback(value(config, HOST).orElse("localhost"))) {
            return Optional.of("Refusing to listen on " + value(config, HOST).orElse("")
                    + ", where others could record and read without saying who they are. Set"
                    + " PHASE_LEDGER_AUTH_BOOTSTRAP_KEY (32 characters or more) to make keys with, or"
                    + " QUARKUS_OIDC_AUTH_SERVER_URL and QUARKUS_OIDC_TOKEN_AUDIENCE for tokens of an issuer, or"
                    + " PHASE_LEDGER_AUTH=external behind a proxy that authenticates, or QUARKUS_HTTP_HOST=127.0.0.1.");
        }
        if (value(config, BOOTSTRAP)
                .filter(key -> key.length() < BootstrapKey.FEWEST_CHARACTERS)
                .isPresent()) {
            return Optional.of("PHASE_LEDGER_AUTH_BOOTSTRAP_KEY must have at least " + BootstrapKey.FEWEST_CHARACTERS
                    + " characters; `openssl rand -base64 32` makes one.");
        }
        if (value(config, ISSUER).isPresent() && value(config, AUDIENCE).isEmpty()) {
            return Optional.of("QUARKUS_OIDC_TOKEN_AUDIENCE is missing: without it a token that was made for another"
                    + " service would be good here too. Set it to this service's own URL.");
        }
        return blankLimit(config)
                .map(name -> name + " is set to nothing, and a grant without a limit is one for all. Name what may be"
                        + " recorded, with commas between, or do not set it where all may be.");
    }

    /** A limit of a grant whose value names nothing, such as that of a variable which was to be filled in. */
    private static Optional<String> blankLimit(Config config) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> GRANT_LIMIT.matcher(name).matches())
                .filter(name -> isBlank(config.getConfigValue(name).getRawValue()))
                .min(Comparator.naturalOrder());
    }

    private static boolean isBlank(@Nullable String list) {
        return list == null || list.replace(',', ' ').isBlank();
    }

    private static AccessMode mode(Config config) {
        return value(config, MODE)
                .map(text -> AccessMode.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElseGet(() ->
                        value(config, BOOTSTRAP).or(() -> value(config, ISSUER)).isPresent()
                                ? AccessMode.REQUIRED
                                : AccessMode.NONE);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Optional<String> value(Config config, String name) {
        return config.getOptionalValue(name, String.class).filter(text -> !text.isBlank());
    }
}
