package io.phaseledger.readiness;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the ledger, as far as the rule reads it.
 *
 * @param recordCount what the processor claims to have written; null when it did not say
 * @param expectedCount the denominator that the processor knows; null when it did not say
 * @param incremental whether it counted only what it touched
 * @param completedAt by the processor's clock, in whole microseconds
 * @param insertedAt by the ledger's clock, in whole microseconds
 */
public record Completion(
        UUID id,
        long position,
        Cell cell,
        Status status,
        @Nullable Long recordCount,
        @Nullable Long expectedCount,
        boolean incremental,
        Instant completedAt,
        Instant insertedAt) {

    /** Later by the processor's clock; arrival only breaks ties. */
    static final Comparator<Completion> BY_AGE =
            Comparator.comparing(Completion::completedAt).thenComparingLong(Completion::position);

    boolean isNewerThan(Completion other) {
        return BY_AGE.compare(this, other) > 0;
    }

    /** Never negative: a row from the future is as fresh as can be. */
    public Duration age(Instant asOf) {
        return completedAt.isAfter(asOf) ? Duration.ZERO : Duration.between(completedAt, asOf);
    }
}
