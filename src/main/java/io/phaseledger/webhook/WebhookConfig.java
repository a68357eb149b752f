package io.phaseledger.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How URLs are called. */
@ConfigMapping(prefix = "phase-ledger.webhooks")
interface WebhookConfig {

    /** How long one call may take in all. */
    @WithDefault("15s")
    Duration timeout();

    /** Private, loopback or link-local networks that webhooks may call, such as `10.8.0.0/16,::1`; by default none. */
    Optional<List<String>> allowedNetworks();

    /** Whether URLs may be `http`, which anyone on the network path can read. */
    @WithDefault("false")
    boolean allowPlaintext();
}
