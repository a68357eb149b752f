package io.phaseledger.source;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * When the work of a date is whole.
 *
 * @param count how many parts there are, 1 to 10,000; null except with {@link When#COUNT}
 */
@Schema(additionalProperties = Schema.False.class)
public record Whole(
        @NotNull When when, @Min(1) @Max(10_000) @Nullable Integer count) {

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
