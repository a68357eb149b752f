package io.phaseledger.readiness;

import java.time.Instant;

/**
 * A span of which not all reports were read, so that what was known then cannot be told.
 *
 * @param from the first instant
 * @param to the first one that is known again
 */
public record Gap(Instant from, Instant to) {

    boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }
}
