package io.phaseledger.receipt;

import io.phaseledger.readiness.Applies;
import io.phaseledger.readiness.Code;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.State;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An answer that a consumer is about to be given.
 *
 * @param key what makes another one the same for the consumer
 * @param principal that asked
 * @param policyVersion the version that answered
 * @param within as it was asked; null for the policy's own bound
 * @param applies as it was asked; null for the policy's own
 * @param reasons why not, in the order of the verdict
 * @param dataAge in seconds; null when no row decided
 * @param deciding the rows that decided, in the order of the policy
 * @param asOf the instant that it is about
 * @param position where the ledger ended
 */
public record GivenAnswer(
        Key key,
        String principal,
        int policyVersion,
        Mode mode,
        @Nullable Duration within,
        @Nullable Applies applies,
        State state,
        List<Code> reasons,
        @Nullable BigDecimal dataAge,
        List<UUID> deciding,
        Instant asOf,
        long position) {

    /**
     * What one receipt stands for.
     *
     * @param consumer the processor that it says it is
     * @param etag of the answer, without the marks around it
     */
    public record Key(String consumer, String policy, LocalDate gameDate, String etag) {}
}
