package io.phaseledger.source;

import org.jspecify.annotations.Nullable;

/**
 * When the work of a date is whole.
 *
 * @param count how many parts there are, 1 to 10000; null except with {@link When#COUNT}
 */
public record Whole(When when, @Nullable Integer count) {

    /** Each run is, unless it is a part. */
    static final Whole EACH_RUN = new Whole(When.RUN, null);

    /** By what the parts of a date are known to be all there. */
    public enum When {
        /** A run that is no part is whole. */
        RUN,
        /** The intervals of the parts that succeeded cover the date. */
        INTERVALS,
        /** So many parts succeeded. */
        COUNT,
        /** The parent's run has completed, and its parts with it. */
        PARENT
    }
}
