package io.phaseledger.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What connections are bounded by. */
@ConfigMapping(prefix = "phase-ledger.connections")
interface ConnectionConfig {

    /**
     * How many connections one instance has at once. One more closes the one that has been waiting longest for a request,
     * so that a crowd of idle ones keeps no caller and no health probe out; it is closed itself only where every connection
     * has a request under way. More than callers may wait ({@code phase-ledger.wait.limit}) and listen
     * ({@code phase-ledger.events.limit}); the operating system bounds connections, too ({@code ulimit -n}).
     */
    @WithDefault("25000")
    int limit();

    /**
     * How long the line and the headers of a request may take from their first byte, and those of a connection's first
     * request from the moment that it connects; then the connection is closed without a word. It bounds no body, no answer,
     * and not the time between two requests.
     */
    @WithDefault("10s")
    Duration headPatience();
}
