package io.phaseledger.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What connections are bounded by. */
@ConfigMapping(prefix = "phase-ledger.connections")
interface ConnectionConfig {

    /**
     * How many connections one instance has at once. One more closes the connection that has been idle longest, so idle
     * connections keep no caller and no health probe out; the new one is closed itself only where every connection has
     * a request under way. More than the callers that may wait ({@code phase-ledger.wait.limit}) and stream events
     * ({@code phase-ledger.events.limit}); the operating system limits connections, too ({@code ulimit -n}).
     */
    @WithDefault("25000")
    int limit();

    /**
     * How long the request line and the headers may take from their first byte, and those of a connection's first
     * request from the moment that it connects; then the connection is closed without an answer. It bounds no body, no
     * answer, and not the time between two requests.
     */
    @WithDefault("10s")
    Duration headPatience();
}
