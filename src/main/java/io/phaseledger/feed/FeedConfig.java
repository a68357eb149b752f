package io.phaseledger.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the ledger is followed. */
@ConfigMapping(prefix = "phase-ledger.feed")
interface FeedConfig {

    /** How often those who follow the ledger look by themselves, should the database's notifications not come. */
    @WithDefault("500ms")
    Duration pollInterval();

    /** How many entries are read, and handed to a sink, at once. */
    @WithDefault("1000")
    int pageSize();

    /**
     * How long a sink that was given something takes no more, so that while much is recorded it takes much at a time
     * instead of a row each.
     */
    @WithDefault("100ms")
    Duration rest();

    /** How long a sink that failed waits before it tries again the first time; then twice as long, and so on. */
    @WithDefault("200ms")
    Duration firstBackoff();

    /** The longest that a sink which keeps failing waits. */
    @WithDefault("1m")
    Duration longestBackoff();
}
