package io.phaseledger.readiness;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a policy was ready for a date when it should have been, as of an instant.
 *
 * @param landedAt when it became ready; null before it is due, and when it has not
 * @param late by how much; null unless it is late
 * @param expiredAt when it last ceased to be ready before it was due; null when it did not
 * @param reportedLate whether it is late only because its ledger learned of it late
 */
public record Timeliness(
        Instant dueAt,
        State state,
        @Nullable Instant landedAt,
        @Nullable Duration late,
        @Nullable Instant expiredAt,
        boolean reportedLate) {

    /** What it is. */
    public enum State {
        /** There is time. */
        NOT_DUE,
        /** It is not ready, and soon it should be. */
        AT_RISK,
        /** It was ready when it was due. */
        ON_TIME,
        /** It became ready afterwards, by something new. */
        LATE,
        /** It was not ready when it was due, and is not. */
        MISSING
    }

    /**
     * Before it is due; null when the date has no work.
     *
     * @param verdict as of then, by nothing but the policy
     * @param expected when it will be ready; null when that is unknown
     */
    public static @Nullable Timeliness before(Due due, Verdict verdict, @Nullable Expected expected) {
        if (verdict.state() == io.phaseledger.readiness.State.NOT_APPLICABLE) {
            return null;
        }
        Instant asOf = verdict.question().asOf();
        boolean isLikelyLate = expected != null && expected.p95().isAfter(due.at());
        State state = !verdict.ready() && (due.isNearAt(asOf) || isLikelyLate) ? State.AT_RISK : State.NOT_DUE;
        return new Timeliness(due.at(), state, null, null, null, false);
    }

    /** From when it is due on; null when the date has no work. */
    public static @Nullable Timeliness after(Instant due, Instant asOf, Landing landing) {
        Instant landedAt = landing.landedAt();
        if (!landing.hasWork()) {
            return null;
        }
        if (landing.onTime()) {
            return new Timeliness(due, State.ON_TIME, landedAt, null, null, false);
        }
        if (landedAt == null || landedAt.isAfter(asOf)) {
            return new Timeliness(due, State.MISSING, null, null, landing.expiredAt(), false);
        }
        return new Timeliness(
                due,
                State.LATE,
                landedAt,
                Duration.between(due, landedAt),
                landing.expiredAt(),
                landing.reportedLate());
    }
}
