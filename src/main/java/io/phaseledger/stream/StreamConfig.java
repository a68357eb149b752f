package io.phaseledger.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events are streamed. */
@ConfigMapping(prefix = "phase-ledger.events")
interface StreamConfig {

    /** How many event streams one instance has at once; one more is answered 503 and may ask again. */
    @WithDefault("1000")
    int limit();

    /**
     * How often an idle stream sends a heartbeat with its position, and how often each stream checks that its client's
     * key or token is still valid.
     */
    @WithDefault("15s")
    Duration heartbeat();

    /** How long a client may take nothing before its connection is closed; it can continue from its last event. */
    @WithDefault("30s")
    Duration stallTimeout();
}
