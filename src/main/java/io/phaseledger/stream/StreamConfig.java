package io.phaseledger.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events are streamed. */
@ConfigMapping(prefix = "phase-ledger.events")
interface StreamConfig {

    /** How many streams of events one instance has at once; one more is answered 503 and may be asked again. */
    @WithDefault("1000")
    int limit();

    /**
     * How often a stream with nothing to tell says that it is there, and how far it has come; and how often any looks
     * whether its client's key or token is still good.
     */
    @WithDefault("15s")
    Duration heartbeat();

    /** How long a client may take nothing before its connection is closed; it goes on from its last event then. */
    @WithDefault("30s")
    Duration stallTimeout();
}
