package io.phaseledger.ingest;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** From where CloudEvents may come. */
@ConfigMapping(prefix = "phase-ledger.ingest.cloudevents")
interface CloudEventConfig {

    /**
     * The origins that are told that they may send CloudEvents, where they ask before (`OPTIONS` with
     * `WebHook-Request-Origin`), such as `eventgrid.azure.net`; left out, each one is. It gives no access: keys do.
     */
    Optional<List<String>> origins();

    /** Whether this one is told so. */
    default boolean allows(String origin) {
        return origins()
                .map(named -> named.stream().anyMatch(origin::equalsIgnoreCase))
                .orElse(true);
    }
}
