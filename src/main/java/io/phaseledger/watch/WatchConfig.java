package io.phaseledger.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What changes of readiness are announced to all subscribers; who subscribes may include more. */
@ConfigMapping(prefix = "phase-ledger.watch")
interface WatchConfig {

    /** Whether changes of readiness are announced that imported rows and slates cause. */
    @WithDefault("false")
    boolean imports();

    /** Whether changes of readiness are announced that rows which fill history (`is_backfill`) cause. */
    @WithDefault("false")
    boolean backfill();

    /**
     * Whether changes of readiness are announced that a policy or a slate causes for dates before yesterday in the
     * policy's zone.
     */
    @WithDefault("false")
    boolean past();
}
