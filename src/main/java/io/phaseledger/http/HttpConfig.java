package io.phaseledger.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What HTTP is bounded by. */
@ConfigMapping(prefix = "phase-ledger.http")
interface HttpConfig {

    /**
     * How long a body may keep us waiting in all, besides what its bytes earn it; then it is a 408. Silence for as long as
     * {@code quarkus.http.read-timeout} ends the connection without a word.
     */
    @WithDefault("10s")
    Duration bodyPatience();

    /** How many bytes of a body earn it one more second of patience. */
    @WithDefault("1K")
    MemorySize slowestBody();

    /** The largest body that is read at once; a larger one is a 413. Ten thousand rows of a batch fit. */
    @WithDefault("16M")
    MemorySize maxBodySize();

    /**
     * How many times as large as it was sent a body may become where gzip is taken off it, past its first 16 MiB; a larger
     * one is a 413. A million zeros fit into a kilobyte, and an import has no other bound; reports shrink to a twentieth.
     */
    @WithDefault("100")
    int maxInflation();

    /** The longest URL in characters, path and query; a longer one is a 414. The filters of a page of history fit. */
    @WithDefault("8192")
    int maxUrlLength();

    /** How long the names and values of the headers may be together, in characters; longer ones are a 431. */
    @WithDefault("16384")
    int maxHeaderLength();
}
