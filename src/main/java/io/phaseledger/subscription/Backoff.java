package io.phaseledger.subscription;

import io.github.resilience4j.core.IntervalFunction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** How long to wait after a call that failed: twice as long each time and never just as long as another's. */
@ApplicationScoped
class Backoff {

    private static final double FACTOR = 2;
    private static final double JITTER = 0.5;

    private final IntervalFunction waits;
    private final Duration giveUpAfter;

    Backoff(SubscriptionConfig config) {
        this.waits = IntervalFunction.ofExponentialRandomBackoff(
                config.firstBackoff(), FACTOR, JITTER, config.longestBackoff());
        this.giveUpAfter = config.giveUpAfter();
    }

    /**
     * After so many attempts, one or more. Not sooner than the receiver asks for, and not later than it is given up.
     */
    Duration after(int attempts, Attempt last) {
        Duration wait = Duration.ofMillis(waits.apply(attempts));
        Duration asked = last.retryAfter();
        if (asked == null || asked.compareTo(wait) < 0) {
            return wait;
        }
        return asked.compareTo(giveUpAfter) > 0 ? giveUpAfter : asked;
    }
}
