package io.phaseledger.pubsub;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How topics of Google Cloud Pub/Sub are reached. */
@ConfigMapping(prefix = "phase-ledger.pubsub")
interface PubSubConfig {

    /** The project of topics that are given by their short name; others are {@code projects/PROJECT/topics/NAME}. */
    @WithDefault("${GOOGLE_CLOUD_PROJECT:}")
    Optional<String> project();

    /** How long a message is tried, from its turn on, before it has failed; at least a millisecond. */
    @WithDefault("15s")
    Duration timeout();

    /**
     * The topics that completions of phases are published to, by phase, such as
     * `phase-ledger.pubsub.phase-topics.phase4=nba-phase4-precompute-complete`.
     */
    Map<String, String> phaseTopics();

    /** The topics to publish to when a policy has become ready for a date, by policy. */
    Map<String, String> policyTopics();

    /** The {@code host:port} of an emulator to use instead of Google: no credentials, plain text. */
    @WithDefault("${PUBSUB_EMULATOR_HOST:}")
    Optional<String> emulatorHost();
}
