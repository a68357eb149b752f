package io.phaseledger.feed;

import io.phaseledger.readiness.State;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Something that took a place in the ledger's one order: enough of it to tell whom it concerns.
 *
 * @param phase of a completion or retraction, by its canonical name; null for others
 * @param processorName of a completion or retraction, by its canonical name; null for others
 * @param gameDate the date that it is about; null for a policy version
 * @param policy the policy that it is a version of, or whose verdict has changed; null for others
 * @param isBackfill whether it is a completion that filled history, or a change of readiness that comes of one
 * @param isImported whether it brought along when it was known, or is a change of readiness that comes of such
 * @param isPast whether it is a change of readiness that comes of a policy or slate, for a date before yesterday
 * @param to what a verdict has become; null for others
 */
public record Entry(
        long position,
        Type type,
        @Nullable String phase,
        @Nullable String processorName,
        @Nullable LocalDate gameDate,
        @Nullable String policy,
        boolean isBackfill,
        boolean isImported,
        boolean isPast,
        @Nullable State to) {

    /** What took the place. */
    public enum Type {
        COMPLETION,
        RETRACTION,
        POLICY,
        SLATE,
        READINESS
    }
}
