package io.phaseledger.readiness;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One requirement held against the evidence.
 *
 * @param gameDate the target date; null when no slate tells which it is
 * @param met whether nothing is wrong with it, or what is wrong was waived
 * @param deciding the newest accepted row; null when there is none, or no work to do
 * @param counted the newest accepted full row, whose counts are judged; null when there is none
 * @param minRecords the bound in force for the target date; null when none is asked
 * @param maxAge null when no age is too old
 * @param freshnessApplies whether {@code maxAge} matters for the target date
 * @param reason the first thing that is wrong; null when nothing is
 * @param warnings what else there is to say
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

    /** Whether the age of its deciding row counts for the verdict's. */
    boolean bearsOnAge() {
        return deciding != null && (met || !requirement.optional());
    }
}
