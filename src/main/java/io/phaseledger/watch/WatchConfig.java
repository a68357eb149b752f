package io.phaseledger.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What changes of readiness are announced to everybody; who subscribes may include more. */
@ConfigMapping(prefix = "phase-ledger.watch")
interface WatchConfig {

    /** Whether also those that come of imported rows and slates. */
    @WithDefault("false")
    boolean imports();

    /** Whether also those that come of rows which fill history (`is_backfill`). */
    @WithDefault("false")
    boolean backfill();

    /** Whether also those that come of a policy or a slate, for dates before yesterday in the policy's zone. */
    @WithDefault("false")
    boolean past();
}
