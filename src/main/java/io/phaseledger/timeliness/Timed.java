package io.phaseledger.timeliness;

import io.phaseledger.readiness.Expected;
import io.phaseledger.readiness.Timeliness;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is said of the time beside a verdict.
 *
 * @param timeliness null where there is no deadline, or no work
 * @param expected when it will be ready; null when it is, or too little is known
 * @param nextTurn when the clock alone makes it another; null when never
 */
public record Timed(
        @Nullable Timeliness timeliness,
        @Nullable Expected expected,
        @Nullable Instant nextTurn) {

    /** Of a policy that is not stored, there is nothing to be said. */
    public static final Timed NONE = new Timed(null, null, null);
}
