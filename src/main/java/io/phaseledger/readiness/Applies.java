package io.phaseledger.readiness;

import java.time.LocalDate;

/** For which target dates freshness matters. */
public enum Applies {
    /** Only where the target date is as-of's date in the policy's zone: yesterday's rows may be old. */
    SAME_DAY,
    ALWAYS,
    NEVER;

    boolean to(LocalDate target, LocalDate today) {
        return this == ALWAYS || (this == SAME_DAY && target.equals(today));
    }
}
