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

    /** The longest URL in characters, path and query; a longer one is a 414. The filters of a page of history fit. */
    @WithDefault("8192")
    int maxUrlLength();

    /** How long the names and values of the headers may be together, in characters; longer ones are a 431. */
    @WithDefault("16384")
    int maxHeaderLength();
}
