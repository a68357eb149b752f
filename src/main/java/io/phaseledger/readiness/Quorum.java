package io.phaseledger.readiness;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How many of the optional requirements must be met besides all required ones. */
public sealed interface Quorum {

    boolean isMetBy(int met, int total);

    /** The number or the share, as the policy has it. */
    Number required();

    /** The least number of optional requirements that suffices. */
    int atLeast(int total);

    /** A number, whatever the total. */
    record Count(int count) implements Quorum {
        @Override
        public boolean isMetBy(int met, int total) {
            return met >= count;
        }

        @Override
        public Number required() {
            return count;
        }

        @Override
        public int atLeast(int total) {
            return count;
        }
    }

    /** A share of all, strictly between 0 and 1, compared without rounding. */
    record Share(BigDecimal share) implements Quorum {
        @Override
        public boolean isMetBy(int met, int total) {
            return BigDecimal.valueOf(met).compareTo(share.multiply(BigDecimal.valueOf(total))) >= 0;
        }

        @Override
        public Number required() {
            return share;
        }

        @Override
        public int atLeast(int total) {
            return share.multiply(BigDecimal.valueOf(total))
                    .setScale(0, RoundingMode.CEILING)
                    .intValueExact();
        }
    }
}
