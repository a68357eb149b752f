package io.phaseledger.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much history is read and sent at once. */
@ConfigMapping(prefix = "phase-ledger.history")
interface HistoryConfig {

    /**
     * How many bytes of metadata and entities a page may hold before it ends early; its last row may exceed this. It
     * bounds the memory of one request where rows are large.
     */
    @WithDefault("4194304")
    long pageBytes();

    /** How many CSV and NDJSON streams may run at once; one more is answered 503 and may ask again. */
    @WithDefault("8")
    int streamLimit();

    /** How long a stream waits for a reader that takes nothing, before it closes the connection. */
    @WithDefault("60s")
    Duration stallTimeout();
}
