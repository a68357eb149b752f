package io.phaseledger.readiness;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One requirement, judged by the evidence.
 *
 * @param gameDate the target date; null when no slate determines it
 * @param met whether it has no reason, or its reason was waived
 * @param deciding the newest accepted row; null when there is none, or no work to do
 * @param counted the newest accepted full row, whose counts are judged; null when there is none
 * @param minRecords the bound in force for the target date; null when there is none
 * @param maxAge null when any age will do
 * @param freshnessApplies whether {@code maxAge} matters for the target date
 * @param reason why it is not met; null when it is
 * @param warnings what holds and is worth knowing
 */
public record Judgement(
        Requirement requirement,
        @Nullable LocalDate gameDate,
        boolean met,
        @Nullable Completion deciding,
        @Nullable Completion counted,
        @Nullable Long minRecords,
        @Nullable Duration maxAge,
        boolean freshnessApplies,
        @Nullable Reason reason,
        List<Reason> warnings) {

    Judgement waived() {
        return new Judgement(
                requirement, gameDate, true, deciding, counted, minRecords, maxAge, freshnessApplies, null, warnings);
    }

    boolean isUnmetAndRequired() {
        return !met && !requirement.optional();
    }

    /** Whether the age of its deciding row counts for the verdict's data age. */
    boolean bearsOnAge() {
        return deciding != null && (met || !requirement.optional());
    }
}
