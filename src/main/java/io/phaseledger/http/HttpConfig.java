package io.phaseledger.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What HTTP is bounded by. */
@ConfigMapping(prefix = "phase-ledger.http")
interface HttpConfig {

    /**
     * How long a body that is read at once may take to come; then it is a 408, and the connection is closed. Silence for as
     * long as {@code quarkus.http.read-timeout} ends the connection without a word.
     */
    @WithDefault("30s")
    Duration bodyTimeout();

    /** How long each MiB of an import may keep the service waiting; then it is a 408. There is no bound on the whole. */
    @WithDefault("60s")
    Duration importTimeout();

    /** The largest body that is read at once; a larger one is a 413. Ten thousand rows of a batch fit. */
    @WithDefault("16M")
    MemorySize maxBodySize();

    /**
     * How many times as large as it was sent a body may become where gzip is taken off it, past its first 16 MiB; a larger
     * one is a 413. A million zeros fit into a kilobyte, and an import has no other bound; reports shrink to a twentieth.
     */
    @WithDefault("100")
    int maxInflation();
}
