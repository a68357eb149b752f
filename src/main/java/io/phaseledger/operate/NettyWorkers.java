package io.phaseledger.operate;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Leaves out how many workers Netty has: it says so of each group of them under the one name, of which the first is shown
 * and the second warned of at every start.
 */
final class NettyWorkers {

    @Produces
    @Singleton
    MeterFilter withoutThem() {
        return MeterFilter.denyNameStartsWith("netty.eventexecutor.workers");
    }
}
