package io.phaseledger.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the ledger is followed. */
@ConfigMapping(prefix = "phase-ledger.feed")
interface FeedConfig {

    /** How often followers of the ledger poll, in case a notification of the database is lost. */
    @WithDefault("500ms")
    Duration pollInterval();

    /** How many entries are read, and handed to a sink, at once. */
    @WithDefault("1000")
    int pageSize();

    /** How long a sink pauses after each page, so that on a busy ledger it takes many rows at a time instead of one. */
    @WithDefault("100ms")
    Duration rest();

    /** The pause after the first failure of a sink; it doubles with each one that follows. */
    @WithDefault("200ms")
    Duration firstBackoff();

    /** The longest pause of a sink that keeps failing. */
    @WithDefault("1m")
    Duration longestBackoff();
}
