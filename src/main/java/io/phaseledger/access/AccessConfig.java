package io.phaseledger.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may ask what. */
@ConfigMapping(prefix = "phase-ledger.auth")
interface AccessConfig {

    /**
     * `required`: every caller sends a key or a token. `external`: a proxy in front has authenticated the caller, and a
     * client that reaches the service directly may do everything. `none`: callers send no credentials. By default
     * `required` where a bootstrap key or an OpenID Connect issuer is configured, else `none`.
     */
    @WithParentName
    Optional<AccessMode> mode();

    /**
     * A key that may do everything, to make the first real keys with; at least 32 characters. It is not stored, and
     * works as long as it is configured.
     */
    Optional<String> bootstrapKey();

    /** With `external`, the header in which the proxy names the caller; that name is recorded. */
    @WithDefault("X-Forwarded-User")
    String externalHeader();

    /** How long a key is cached after it was looked up. A revoked key may work for this long on other instances. */
    @WithDefault("5s")
    Duration keyCache();

    /** How many keys are cached at once. */
    @WithDefault("10000")
    long keyCacheSize();

    /**
     * Whether the contract (`/openapi.yaml`, `/q/openapi`) and its page (`/q/swagger-ui`) are open to callers without a
     * key or a token. Otherwise they need the scope `read`, as the metrics do; a browser sends no key, so the page is
     * of use only with this.
     */
    @WithDefault("false")
    boolean publicContract();

    /**
     * With `none`, names of this service besides `localhost` and loopback addresses, without a port and with commas
     * between. A request to any other name is a 403 `foreign_host`, so that no web page can lead a name of its own here
     * (DNS rebinding).
     */
    Optional<Set<String>> allowedHosts();

    /**
     * Origins of other sites whose pages may change something here, such as `https://ops.example.com`, with commas between;
     * also this service's own, where a proxy in front changes the `Host`. A request from any other that is no `GET` is a 403
     * `foreign_origin`, whatever key it shows.
     */
    Optional<Set<String>> allowedOrigins();

    /** What the subjects of OpenID Connect tokens may do, by names of your choice. */
    Map<String, Grant> grants();

    /** What a subject may do. */
    interface Grant {

        /** The claim that identifies the subject: `email` (which must be verified), `sub`, or any other. */
        @WithDefault("email")
        String claim();

        /** The value of that claim, such as the address of a service account. It is recorded as the sender. */
        String subject();

        /** `record`, `read`, `operate`, with commas between. */
        Set<Scope> scopes();

        /** The only phases that it may record; left out, all. Set to nothing, the service does not start. */
        Optional<Set<String>> phases();

        /** The only processors that it may record; left out, all. Set to nothing, the service does not start. */
        Optional<Set<String>> processors();
    }
}
