package io.phaseledger.subscription;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How subscribers are called. */
@ConfigMapping(prefix = "phase-ledger.subscriptions")
interface SubscriptionConfig {

    /** What events name as their source: the same for all instances of one ledger, and another for each ledger. */
    @WithDefault("urn:phase-ledger")
    String source();

    /** How long a call that failed waits before it is tried again the first time; then twice as long, and so on. */
    @WithDefault("5s")
    Duration firstBackoff();

    /** The longest that a call which keeps failing waits, unless the receiver asks for more. */
    @WithDefault("1h")
    Duration longestBackoff();

    /** After how long a call that keeps failing is given up, and its subscription disabled. */
    @WithDefault("3d")
    Duration giveUpAfter();

    /** For how long after a change of its secret a subscription's calls are signed with the one before, too. */
    @WithDefault("24h")
    Duration secretOverlap();

    /** After how long another instance makes the calls of one that is not heard of any more. */
    @WithDefault("5s")
    Duration lease();

    /** How often an instance looks for calls that are due. */
    @WithDefault("500ms")
    Duration pollInterval();

    /** The most subscriptions that one instance calls at the same time. */
    @WithDefault("500")
    int concurrency();
}
