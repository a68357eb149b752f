package io.phaseledger.imports;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is told of imports. */
@ConfigMapping(prefix = "phase-ledger.imports")
interface ImportsConfig {

    /** How often a running import logs its progress. */
    @WithDefault("10s")
    Duration logInterval();

    /** An import without progress for this long is shown as `stalled`: its client is slow, or its process is gone. */
    @WithDefault("1m")
    Duration stalledAfter();
}
