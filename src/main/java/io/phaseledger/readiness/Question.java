package io.phaseledger.readiness;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a policy.
 *
 * @param asOf the instant the question is about, truncated to microseconds
 * @param within replaces the policy's greatest age for this question; null keeps it
 * @param applies replaces for which dates freshness matters; null keeps it
 */
public record Question(
        LocalDate gameDate,
        Mode mode,
        Instant asOf,
        @Nullable Duration within,
        @Nullable Applies applies) {

    public Question {
        asOf = asOf.truncatedTo(ChronoUnit.MICROS);
    }

    /** The freshness by which this question judges the policy; null for none. */
    @Nullable
    Freshness freshnessOf(Policy policy) {
        Freshness own = policy.freshness();
        if (own == null) {
            return within == null ? null : new Freshness(within, applies == null ? Applies.SAME_DAY : applies);
        }
        return new Freshness(within == null ? own.maxAge() : within, applies == null ? own.applies() : applies);
    }

    /** The same asked of an upstream policy, which keeps its own freshness. */
    Question ofUpstream() {
        return new Question(gameDate, mode, asOf, null, null);
    }

    Question at(Instant later) {
        return new Question(gameDate, mode, later, within, applies);
    }
}
