package io.phaseledger.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * How many connections are used and how many are idle, in the words of OpenTelemetry's {@code db.client.connection.count}.
 *
 * <p>The pool's own two gauges of it are left out. It adds one when it has handed a connection out and takes one off when
 * that comes back, and a connection that turns out to be closed as it joins a transaction comes back without having been
 * added: after a database was away they are wrong until the process ends, and fewer than no connections are in use.
 */
@Singleton
class ConnectionMetrics {

    private static final Set<String> OF_THE_POOL = Set.of("agroal.active.count", "agroal.available.count");

    void register(@Observes StartupEvent event, OpenConnections connections, MeterRegistry registry) {
        gauge("used", connections, OpenConnections::used, registry);
        gauge("idle", connections, OpenConnections::idle, registry);
    }

    private static void gauge(
            String state, OpenConnections of, ToDoubleFunction<OpenConnections> value, MeterRegistry registry) {
        Gauge.builder("phase_ledger.database.connections", of, value)
                .tag("state", state)
                .description("Connections of the pool that are open, by whether they are in use")
                .register(registry);
    }

    @Produces
    @Singleton
    MeterFilter withoutThePoolsOwn() {
        return MeterFilter.deny(meter -> OF_THE_POOL.contains(meter.getName()));
    }
}
