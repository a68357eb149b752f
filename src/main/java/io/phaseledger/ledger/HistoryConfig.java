package io.phaseledger.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much history is read and sent at once. */
@ConfigMapping(prefix = "phase-ledger.history")
interface HistoryConfig {

    /**
     * How many bytes of metadata and entities a page holds before it ends early; its last row may exceed it. It bounds
     * what is in memory for each request, where rows are large.
     */
    @WithDefault("4194304")
    long pageBytes();

    /** How many CSV and NDJSON streams may be under way; one more is answered 503 and may be asked again. */
    @WithDefault("8")
    int streamLimit();

    /** How long a stream waits for a reader that takes nothing, before it breaks the connection. */
    @WithDefault("60s")
    Duration stallTimeout();
}
