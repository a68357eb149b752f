package io.phaseledger.database;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Answers 503 for a database that is away, before a request takes anything that it would have to wait with. */
class RefuseWhileAway {

    /** Before filters that run where the method runs. */
    private static final int FIRST = 200;

    private final Pulse pulse;

    RefuseWhileAway(Pulse pulse) {
        this.pulse = pulse;
    }

    /** On the event loop, so that no request waits for a thread only to be refused. */
    @ServerRequestFilter(nonBlocking = true, priority = FIRST)
    public void onArrival(ContainerRequestContext request) {
        pulse.check();
    }

    /** And again where the method will run: meanwhile the request may have waited behind others for its thread. */
    @ServerRequestFilter
    public void atItsTurn(ContainerRequestContext request) {
        pulse.check();
    }
}
