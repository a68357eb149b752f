package io.phaseledger.demo;

import java.time.LocalDate;
import java.util.Random;

/** Draws that depend on what they are for and on nothing else, so that a season is the same each time. */
final class Draw {

    private static final long SEED = 20260202;

    private Draw() {}

    static Random of(LocalDate date, String what) {
        return new Random(SEED + 31 * date.toEpochDay() + 1_000_003L * what.hashCode());
    }
}
