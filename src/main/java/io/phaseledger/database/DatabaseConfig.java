package io.phaseledger.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How soon a database that is away is noticed. */
@ConfigMapping(prefix = "phase-ledger.database")
interface DatabaseConfig {

    /** How often the service checks that the database answers. */
    @WithDefault("250ms")
    Duration probeInterval();

    /**
     * How long that check, and taking a connection, may take; then the database counts as away and every request is
     * answered 503. At least one second: a shorter value is taken as one second.
     */
    @WithDefault("1s")
    Duration probeTimeout();
}
