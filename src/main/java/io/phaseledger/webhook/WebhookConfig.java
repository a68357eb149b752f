package io.phaseledger.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How URLs are called. */
@ConfigMapping(prefix = "phase-ledger.webhooks")
interface WebhookConfig {

    /** How long one call may take, all in all. */
    @WithDefault("15s")
    Duration timeout();

    /**
     * Networks that may be called although they are private, loopback or link-local, such as `10.8.0.0/16,::1`; without
     * them none may.
     */
    Optional<List<String>> allowedNetworks();

    /** Whether URLs may be `http`, so that what is told can be read on the way. */
    @WithDefault("false")
    boolean allowPlaintext();
}
