package io.phaseledger.embedded;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A bounded wait for something that another process does. */
final class Wait {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private Wait() {}

    /** Returns whether the condition came true before the bound. */
    static boolean until(BooleanSupplier condition, Duration bound) {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }
}
