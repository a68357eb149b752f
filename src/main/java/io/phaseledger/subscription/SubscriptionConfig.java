package io.phaseledger.subscription;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How subscribers are called. */
@ConfigMapping(prefix = "phase-ledger.subscriptions")
interface SubscriptionConfig {

    /** The `source` of the events: the same for all instances of one ledger, and different for each ledger. */
    @WithDefault("urn:phase-ledger")
    String source();

    /** The pause after the first failure of a call; it doubles with each one that follows. */
    @WithDefault("5s")
    Duration firstBackoff();

    /** The longest pause between tries of a call, unless the receiver asks for more. */
    @WithDefault("1h")
    Duration longestBackoff();

    /** After how long a call that keeps failing is given up, and its subscription disabled. */
    @WithDefault("3d")
    Duration giveUpAfter();

    /** How long calls are also signed with the previous secret, after a subscription's secret has changed. */
    @WithDefault("24h")
    Duration secretOverlap();

    /** After how long without a sign of life an instance loses its subscriptions to another one. */
    @WithDefault("5s")
    Duration lease();

    /** How often an instance looks for calls that are due. */
    @WithDefault("500ms")
    Duration pollInterval();

    /** The most subscriptions that one instance calls at the same time. */
    @WithDefault("500")
    int concurrency();
}
