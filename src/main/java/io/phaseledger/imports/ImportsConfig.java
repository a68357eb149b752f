package io.phaseledger.imports;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is told of imports. */
@ConfigMapping(prefix = "phase-ledger.imports")
interface ImportsConfig {

    /** How often an import that goes on says so in the log. */
    @WithDefault("10s")
    Duration logInterval();

    /** An import that has not moved for this long is shown as `stalled`: its client is slow, or its process is gone. */
    @WithDefault("1m")
    Duration stalledAfter();
}
