package io.phaseledger.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What HTTP is bounded by. */
@ConfigMapping(prefix = "phase-ledger.http")
interface HttpConfig {

    /** The largest body that is read at once; a larger one is a 413. Ten thousand rows of a batch fit. */
    @WithDefault("16M")
    MemorySize maxBodySize();
}
