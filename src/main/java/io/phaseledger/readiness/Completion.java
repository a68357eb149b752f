package io.phaseledger.readiness;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The part of a ledger row that the rule reads.
 *
 * @param recordCount what the processor reports to have written; null when it did not
 * @param expectedCount how many records the processor expects; null when it did not report it
 * @param incremental whether the count covers changed records only
 * @param completedAt by the processor's clock, in whole microseconds
 * @param insertedAt by the ledger's clock, in whole microseconds
 */
public record Completion(
        UUID id,
        long position,
        EvidenceKey cell,
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

    /** Never negative: the age of a row from the future is zero. */
    public Duration age(Instant asOf) {
        return completedAt.isAfter(asOf) ? Duration.ZERO : Duration.between(completedAt, asOf);
    }
}
