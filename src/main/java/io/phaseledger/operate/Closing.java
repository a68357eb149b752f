package io.phaseledger.operate;

import io.phaseledger.http.Problem;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses new requests once the process is to end, so that those that are under way come to an end.
 *
 * <p>Quarkus waits for these; but it takes new ones meanwhile, and under load there would always be one.
 */
@Singleton
class Closing {

    /** Another instance, or this one's successor, is asked then. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Before filters that run where the method runs. */
    private static final int FIRST = 100;

    private final Duration delay;
    private volatile @Nullable Long refusesFrom;

    Closing(@ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay) {
        this.delay = delay.orElse(Duration.ZERO);
    }

    /** Happens on SIGTERM, before the delay that is configured. */
    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        refusesFrom = System.nanoTime() + delay.toNanos();
    }

    @ServerRequestFilter(nonBlocking = true, priority = FIRST)
    public void refuse(ContainerRequestContext request) {
        Long from = refusesFrom;
        if (from != null && System.nanoTime() - from >= 0) {
            throw Problem.of(503, "shutting_down", "This instance is being shut down; ask again.")
                    .retryAfter(RETRY_AFTER);
        }
    }
}
