package io.phaseledger.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long what other systems sent is kept beside the ledger. */
@ConfigMapping(prefix = "phase-ledger.ingest")
interface RunConfig {

    /**
     * How long messages are kept that are held or rejected, and the events of runs that have ended. Rows of the ledger
     * stay for ever.
     */
    @WithDefault("30d")
    Duration retention();
}
