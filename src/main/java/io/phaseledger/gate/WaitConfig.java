package io.phaseledger.gate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many may wait. */
@ConfigMapping(prefix = "phase-ledger.wait")
interface WaitConfig {

    /**
     * How many callers may wait on one instance; one more is answered 503 and may ask again. Each holds a connection,
     * and the operating system limits those, too (`ulimit -n`).
     */
    @WithDefault("20000")
    int limit();

    /** How many verdicts for waiting callers are computed at once; each takes a connection to PostgreSQL. */
    @WithDefault("4")
    int lookers();
}
