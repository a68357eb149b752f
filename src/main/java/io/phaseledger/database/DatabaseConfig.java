package io.phaseledger.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How soon a database that is away is noticed. */
@ConfigMapping(prefix = "phase-ledger.database")
interface DatabaseConfig {

    /** How often the database is asked whether it is there. */
    @WithDefault("250ms")
    Duration probeInterval();

    /**
     * How long it may take to say so, and to take a connection; then it counts as away and every request is answered
     * 503. At least a second; a shorter one is taken as a second.
     */
    @WithDefault("1s")
    Duration probeTimeout();
}
